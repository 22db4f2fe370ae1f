#include "oauth/errors.h"

#include <utility>

namespace mcph::oauth::errors {
namespace {

Refusal make(const char* error, std::string description, int status = 400) {
  return Refusal{error, std::move(description), status, true, {}, {}, {}};
}

}  // namespace

Refusal invalid_request(std::string description) {
  return make("invalid_request", std::move(description));
}
Refusal invalid_client(std::string description) {
  return make("invalid_client", std::move(description), 401);
}
Refusal invalid_grant(std::string description) {
  return make("invalid_grant", std::move(description));
}
Refusal unauthorized_client(std::string description) {
  return make("unauthorized_client", std::move(description));
}
Refusal unsupported_grant_type() {
  return make("unsupported_grant_type", "the server has no such grant type");
}
Refusal unsupported_response_type() {
  return make("unsupported_response_type", "response_type must be code");
}
Refusal invalid_scope(std::string description) {
  return make("invalid_scope", std::move(description));
}
Refusal access_denied(std::string description) {
  return make("access_denied", std::move(description), 403);
}
Refusal server_error(std::string detail) {
  Refusal refusal = make("server_error", "the request could not be completed", 500);
  refusal.detail = std::move(detail);
  return refusal;
}
Refusal temporarily_unavailable(std::string detail) {
  Refusal refusal = make("temporarily_unavailable", "please try again in a moment", 503);
  refusal.detail = std::move(detail);
  refusal.retry_after = Seconds{1};
  return refusal;
}
// RFC 6749 has no word for it; this one says as much as a client can use.
Refusal too_many_requests(Seconds retry_after) {
  Refusal refusal = make("temporarily_unavailable", "too many requests, try again later", 429);
  refusal.retry_after = retry_after;
  return refusal;
}
Refusal invalid_dpop_proof(std::string description) {
  return make("invalid_dpop_proof", std::move(description));
}
Refusal use_dpop_nonce(std::string nonce) {
  Refusal refusal = make("use_dpop_nonce", "the proof must have the nonce of this answer");
  refusal.dpop_nonce = std::move(nonce);
  return refusal;
}
Refusal invalid_target() {
  return make("invalid_target", "resource must be the one this server protects");
}
Refusal invalid_client_metadata(std::string description) {
  return make("invalid_client_metadata", std::move(description));
}
Refusal invalid_redirect_uri(std::string description) {
  return make("invalid_redirect_uri", std::move(description));
}
Refusal request_not_supported() {
  return make("request_not_supported", "request objects are not supported");
}
Refusal request_uri_not_supported() {
  return make("request_uri_not_supported", "request_uri is not supported");
}
Refusal invalid_authorization_details() {
  return make("invalid_authorization_details", "authorization_details are not supported");
}

Refusal local(Refusal refusal) {
  refusal.may_redirect = false;
  if (refusal.status == 401) refusal.status = 400;  // a browser could not authenticate as a client
  return refusal;
}

Refusal from(Error error) {
  std::string detail = std::move(error.message);
  if (!error.detail.empty()) detail += ": " + error.detail;
  const bool retry = error.code == Code::kUnavailable || error.code == Code::kTimeout ||
                     error.code == Code::kLimit;
  return retry ? temporarily_unavailable(std::move(detail)) : server_error(std::move(detail));
}

}  // namespace mcph::oauth::errors
