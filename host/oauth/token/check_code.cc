// What a code is bound to, and whether the request agrees (RFC 6749 §4.1.3, RFC 7636 §4.6, RFC 8707
// §2.2).
#include "oauth/pkce.h"
#include "oauth/resource.h"
#include "oauth/token/replay.h"
#include "oauth/token/steps.h"

namespace mcph::oauth::token_steps {

Verdict check_code_unused(TokenExchange& exchange) {
  if (!exchange.code.consumed) return std::nullopt;
  return revoke_replayed(exchange.parts, exchange.http, exchange.code.grant, "code_replayed");
}

Verdict check_redirect_uri(TokenExchange& exchange) {
  const auto uri = exchange.parameters.find("redirect_uri");
  const std::string& bound = exchange.code.redirect_uri;
  if (!bound.empty()) {
    if (!uri) return errors::invalid_request("redirect_uri is missing");
    if (*uri == bound) return std::nullopt;
  } else {
    // The authorization request left it out, which only a client with a single one may do.
    const auto& registered = exchange.client.redirect_uris;
    if (!uri || (registered.size() == 1 && *uri == registered.front())) return std::nullopt;
  }
  return errors::invalid_grant("redirect_uri is not the one of the authorization request");
}

Verdict check_code_verifier(TokenExchange& exchange) {
  const auto verifier = exchange.parameters.find("code_verifier");
  if (!verifier) return errors::invalid_request("code_verifier is missing");
  if (!is_code_verifier(*verifier)) {
    return errors::invalid_request("code_verifier must be 43 to 128 unreserved characters");
  }
  if (!matches_challenge(*verifier, exchange.code.code_challenge)) {
    return errors::invalid_grant("code_verifier does not match");
  }
  return std::nullopt;
}

Verdict check_code_resource(TokenExchange& exchange) {
  return check_resources(exchange.parameters, exchange.code.resource);
}

Verdict load_grant(TokenExchange& exchange) {
  const Parts& parts = exchange.parts;
  auto grant = parts.grants.find(exchange.code.grant);
  if (!grant.ok()) return errors::from(std::move(grant).error());
  if (!*grant || (*grant)->revoked_at || (*grant)->expires_at <= parts.clock.now()) {
    return errors::invalid_grant("the grant has ended");
  }
  exchange.grant_expires_at = (*grant)->expires_at;
  return std::nullopt;
}

}  // namespace mcph::oauth::token_steps
