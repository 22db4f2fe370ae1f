#include "oauth/pushed/endpoint.h"

#include "oauth/authorize/steps.h"
#include "oauth/form_body.h"
#include "oauth/pushed/request_uri.h"
#include "oauth/responses.h"
#include "oauth/token/client_authentication.h"

namespace mcph::oauth {
namespace {

// RFC 9126 §2.1: authenticate, refuse a request_uri, then check as the authorization endpoint
// would.
Verdict check(const Parts& parts, const Request& http, Authorize& authorize) {
  auto parsed = parse_form_body(http);
  if (auto* refusal = std::get_if<Refusal>(&parsed)) return std::move(*refusal);
  auto& parameters = std::get<Parameters>(parsed);
  auto outcome = authenticate_client(parts, http, parameters);
  if (auto* refusal = std::get_if<Refusal>(&outcome)) return std::move(*refusal);
  authorize.client = std::get<Client>(std::move(outcome));
  authorize.request.client = authorize.client.id;
  if (parameters.find("request_uri")) {
    return errors::invalid_request("request_uri has no place in a pushed request");
  }
  authorize.parameters =
      parameters.without({"client_secret", "client_assertion", "client_assertion_type"});
  authorize.is_pushed = true;
  return check_authorize_parameters(authorize);
}

}  // namespace

Response push_request(const Parts& parts, const Request& http) {
  Authorize authorize{parts, {}, {}, {}, {}};
  if (const auto refusal = check(parts, http, authorize)) return make_error_document(*refusal);
  const auto uri = push_parameters(parts, authorize.client.id, authorize.parameters);
  if (!uri.ok()) {
    parts.log.failure(LogLevel::kError, "push.failed", uri.error());
    return make_error_document(errors::from(uri.error()));
  }
  return make_document(
      201, {{"request_uri", *uri}, {"expires_in", parts.settings.pushed_request_lifetime.count()}});
}

}  // namespace mcph::oauth
