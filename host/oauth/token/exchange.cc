// The steps of token exchange (RFC 8693): a client that holds an access token gets a narrower one,
// for a part of it that needs less. Nothing is gained by it: same person, same grant, no more
// scopes, no later end, no refresh token.
#include <algorithm>

#include "oauth/resource.h"
#include "oauth/scope.h"
#include "oauth/token/steps.h"

namespace mcph::oauth::token_steps {
namespace {

constexpr std::string_view kAccessTokenType = "urn:ietf:params:oauth:token-type:access_token";

// RFC 8693 §2.2.2: an invalid subject_token is invalid_request.
Refusal refuse(std::string detail) {
  Refusal refusal = errors::invalid_request("the subject_token is unknown, expired or revoked");
  refusal.detail = std::move(detail);
  return refusal;
}

}  // namespace

Verdict check_exchange(TokenExchange& exchange) {
  const Parameters& parameters = exchange.parameters;
  if (!parameters.find("subject_token")) return errors::invalid_request("subject_token is missing");
  if (parameters.find("subject_token_type") != kAccessTokenType) {
    return errors::invalid_request("subject_token_type must be the one of access tokens");
  }
  if (parameters.find("requested_token_type").value_or(kAccessTokenType) != kAccessTokenType) {
    return errors::invalid_request("requested_token_type must be the one of access tokens");
  }
  // Acting for somebody else is another question than acting with less.
  if (parameters.find("actor_token") || parameters.find("actor_token_type")) {
    return errors::invalid_request("actor_token is not supported");
  }
  if (parameters.find("audience")) return errors::invalid_target();
  return std::nullopt;
}

Verdict load_subject_token(TokenExchange& exchange) {
  const Parts& parts = exchange.parts;
  const auto token = *exchange.parameters.find("subject_token");
  const UnixTime now = parts.clock.now();
  const auto expires_at = parts.token_format.find_expiry(TokenKind::kAccess, token);
  if (!expires_at || *expires_at <= now) return refuse("not made here, or expired");
  exchange.presented_hash = hash_token(token);
  auto found = parts.tokens.find_access_token(exchange.presented_hash, now);
  if (!found.ok()) return errors::from(std::move(found).error());
  if (!*found) return refuse("not in the store");
  // Only its own: whoever finds somebody's token must not make more of it.
  if ((*found)->caller.client != exchange.client.id) return refuse("of another client");
  exchange.subject_token = std::move(**found);
  exchange.grant_expires_at = exchange.subject_token.caller.expires_at;
  return std::nullopt;
}

Verdict check_exchange_resource(TokenExchange& exchange) {
  return check_resources(exchange.parameters, exchange.subject_token.resource);
}

// Unlike at the authorization endpoint, a word that cannot be granted is an error: whoever
// exchanges knows what it holds.
Verdict check_exchange_scope(TokenExchange& exchange) {
  const auto& held = exchange.subject_token.caller.scopes;
  exchange.scopes = held;
  const auto asked = exchange.parameters.find("scope");
  if (!asked) return std::nullopt;
  const auto words = parse_scope(*asked);
  if (!words) return errors::invalid_scope("scope has a character that is not allowed");
  exchange.scopes = intersect_scopes(*words, held);
  if (exchange.scopes.size() < words->size()) {
    return errors::invalid_scope("scope goes beyond the subject_token");
  }
  return std::nullopt;
}

Verdict issue_exchanged_token(TokenExchange& exchange) {
  const Parts& parts = exchange.parts;
  const Caller& caller = exchange.subject_token.caller;
  auto issued =
      make_exchanged_token(parts, exchange.client,
                           {caller.grant, exchange.scopes, exchange.subject_token.resource,
                            exchange.grant_expires_at, false, exchange.dpop_jkt});
  const auto stored =
      parts.tokens.add_access_token(exchange.presented_hash, issued.record, parts.clock.now());
  if (!stored.ok()) {
    if (stored.error().code == Code::kNotFound) return refuse("gone meanwhile");
    return errors::from(stored.error());
  }
  exchange.answer = std::move(issued.answer);
  return std::nullopt;
}

}  // namespace mcph::oauth::token_steps
