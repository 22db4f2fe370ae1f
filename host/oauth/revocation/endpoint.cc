#include "oauth/revocation/endpoint.h"

#include "oauth/audit_event.h"
#include "oauth/form_body.h"
#include "oauth/responses.h"
#include "oauth/token/client_authentication.h"

namespace mcph::oauth {
namespace {

Result<> revoke_refresh_token(const Parts& parts, const Request& http, const Client& client,
                              const std::string& hash) {
  const auto found = TRY(parts.tokens.find_refresh_token(hash));
  if (!found || found->client != client.id) return Ok{};  // RFC 7009 §2.1: only its own
  TRY(parts.grants.revoke(found->grant, "revoked_by_client"));
  parts.verifier.forget_grant(found->grant);
  parts.log.info("grant.revoked", {{"grant", found->grant.str()}, {"client", client.id.str()}});
  AuditEvent event = make_client_event(audit_types::kGrantRevoked, http, client.id);
  event.grant = found->grant;
  event.details = {{"reason", "revoked_by_client"}};
  parts.audit.record(std::move(event));
  return Ok{};
}

Result<> revoke_access_token(const Parts& parts, const Request& http, const Client& client,
                             const std::string& hash) {
  TRY(parts.tokens.revoke_access_token(hash, client.id));
  parts.verifier.forget_token(hash);
  parts.audit.record(make_client_event(audit_types::kTokenRevoked, http, client.id));
  return Ok{};
}

// The kind is in the token's prefix, so token_type_hint is not needed (RFC 7009 §2.1 allows that).
Result<> revoke(const Parts& parts, const Request& http, const Client& client,
                std::string_view token) {
  const std::string hash = hash_token(token);
  if (parts.token_format.find_expiry(TokenKind::kRefresh, token)) {
    return revoke_refresh_token(parts, http, client, hash);
  }
  if (parts.token_format.find_expiry(TokenKind::kAccess, token)) {
    return revoke_access_token(parts, http, client, hash);
  }
  return Ok{};
}

}  // namespace

Response revoke_token(const Parts& parts, const Request& http) {
  auto parsed = parse_form_body(http);
  if (const auto* refusal = std::get_if<Refusal>(&parsed)) return make_error_document(*refusal);
  const auto& parameters = std::get<Parameters>(parsed);
  const auto client = authenticate_client(parts, http, parameters);
  if (const auto* refusal = std::get_if<Refusal>(&client)) return make_error_document(*refusal);
  const auto token = parameters.find("token");
  if (!token) return make_error_document(errors::invalid_request("token is missing"));

  const auto revoked = revoke(parts, http, std::get<Client>(client), *token);
  if (!revoked.ok() && revoked.error().code != Code::kNotFound) {
    parts.log.failure(LogLevel::kError, "revoke.failed", revoked.error());
    return make_error_document(errors::from(revoked.error()));  // RFC 7009 §2.2.1
  }
  Response response;
  response.headers.add("Cache-Control", "no-store");
  return response;
}

}  // namespace mcph::oauth
