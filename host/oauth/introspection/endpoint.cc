#include "oauth/introspection/endpoint.h"

#include <algorithm>

#include "oauth/form_body.h"
#include "oauth/responses.h"
#include "oauth/scope.h"
#include "oauth/token/client_authentication.h"

namespace mcph::oauth {
namespace {

json::object make_inactive() {
  return {{"active", false}};
}

// RFC 7662 §2.2. The subject is our own id of the person: what the identity provider calls them is
// nobody's business here.
json::object make_active(const Settings& settings, const AccessToken& token) {
  const Caller& caller = token.caller;
  json::object out{{"active", true},
                   {"scope", join_scopes(caller.scopes)},
                   {"client_id", caller.client.str()},
                   {"token_type", token.dpop_jkt.empty() ? "Bearer" : "DPoP"},
                   {"exp", to_unix(caller.expires_at)},
                   {"sub", caller.principal.str()},
                   {"aud", token.resource},
                   {"iss", settings.issuer}};
  // RFC 9449 §6.2: the resource server checks the proof.
  if (!token.dpop_jkt.empty()) out["cnf"] = json::object{{"jkt", token.dpop_jkt}};
  return out;
}

Result<json::object> describe_access_token(const Parts& parts, const Client& asking,
                                           std::string_view token) {
  const auto found = TRY(parts.tokens.find_access_token(hash_token(token), parts.clock.now()));
  if (!found) return make_inactive();
  const bool is_resource_server = asking.kind == ClientKind::kResourceServer;
  if (!is_resource_server && found->caller.client != asking.id) return make_inactive();
  return make_active(parts.settings, *found);
}

// Only to its client: a resource server has no business with refresh tokens.
Result<json::object> describe_refresh_token(const Parts& parts, const Client& asking,
                                            std::string_view token) {
  const auto found = TRY(parts.tokens.find_refresh_token(hash_token(token)));
  const UnixTime now = parts.clock.now();
  if (!found || found->client != asking.id || found->grant_revoked || found->rotated ||
      found->expires_at <= now || found->grant_expires_at <= now) {
    return make_inactive();
  }
  return json::object{{"active", true},
                      {"scope", join_scopes(found->scopes)},
                      {"client_id", found->client.str()},
                      {"exp", to_unix(std::min(found->expires_at, found->grant_expires_at))},
                      {"aud", found->resource},
                      {"iss", parts.settings.issuer}};
}

// The kind is in the token's prefix: a hint is not needed (§2.1 allows to ignore it). What was not
// made here costs no look-up.
Result<json::object> describe(const Parts& parts, const Client& asking, std::string_view token) {
  if (parts.token_format.find_expiry(TokenKind::kAccess, token)) {
    return describe_access_token(parts, asking, token);
  }
  if (parts.token_format.find_expiry(TokenKind::kRefresh, token)) {
    return describe_refresh_token(parts, asking, token);
  }
  return make_inactive();
}

}  // namespace

Response introspect_token(const Parts& parts, const Request& http) {
  auto parsed = parse_form_body(http);
  if (const auto* refusal = std::get_if<Refusal>(&parsed)) return make_error_document(*refusal);
  const auto& parameters = std::get<Parameters>(parsed);
  const auto outcome = authenticate_client(parts, http, parameters);
  if (const auto* refusal = std::get_if<Refusal>(&outcome)) return make_error_document(*refusal);
  const Client& asking = std::get<Client>(outcome);
  // §2.1: without authentication, anybody could try tokens here.
  if (asking.auth_method == AuthMethod::kNone) {
    return make_error_document(errors::invalid_client("client authentication failed"));
  }
  const auto token = parameters.find("token");
  if (!token) return make_error_document(errors::invalid_request("token is missing"));
  const auto described = describe(parts, asking, *token);
  if (!described.ok()) {
    parts.log.failure(LogLevel::kError, "introspect.failed", described.error());
    return make_error_document(errors::from(described.error()));
  }
  return make_document(200, *described);
}

}  // namespace mcph::oauth
