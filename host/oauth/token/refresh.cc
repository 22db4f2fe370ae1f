// The steps of the refresh token grant (RFC 6749 §6).
#include "base/encoding.h"
#include "oauth/resource.h"
#include "oauth/scope.h"
#include "oauth/token/replay.h"
#include "oauth/token/steps.h"

namespace mcph::oauth::token_steps {
namespace {

Refusal refuse(std::string detail) {
  Refusal refusal = errors::invalid_grant("the refresh token is unknown, expired or revoked");
  refusal.detail = std::move(detail);
  return refusal;
}

std::string make_aad(std::string_view old_hash) {
  return "refresh-response/1 " + to_hex(old_hash);
}

}  // namespace

Verdict load_refresh_token(TokenExchange& exchange) {
  const Parts& parts = exchange.parts;
  const auto token = exchange.parameters.find("refresh_token");
  if (!token) return errors::invalid_request("refresh_token is missing");
  const UnixTime now = parts.clock.now();
  const auto expires_at = parts.token_format.find_expiry(TokenKind::kRefresh, *token);
  if (!expires_at) return refuse("not made here");
  if (*expires_at <= now) return refuse("expired");
  exchange.presented_hash = hash_token(*token);
  auto found = parts.tokens.find_refresh_token(exchange.presented_hash);
  if (!found.ok()) return errors::from(std::move(found).error());
  if (!*found) return refuse("not in the store");
  RefreshToken& stored = **found;
  if (stored.client != exchange.client.id) return refuse("of another client");
  if (stored.grant_revoked) return refuse("the grant was revoked");
  if (stored.expires_at <= now || stored.grant_expires_at <= now) return refuse("expired");
  exchange.refresh_token = std::move(stored);
  exchange.grant_expires_at = exchange.refresh_token.grant_expires_at;
  return std::nullopt;
}

Verdict check_refresh_resource(TokenExchange& exchange) {
  return check_resources(exchange.parameters, exchange.refresh_token.resource);
}

// RFC 6749 §6: no more than was granted. Words that nobody could be granted are left out, as at the
// authorization endpoint: clients repeat what they once asked for.
Verdict check_refresh_scope(TokenExchange& exchange) {
  const auto& granted = exchange.refresh_token.scopes;
  exchange.scopes = granted;
  const auto asked = exchange.parameters.find("scope");
  if (!asked) return std::nullopt;
  const auto words = parse_scope(*asked);
  if (!words) return errors::invalid_scope("scope has a character that is not allowed");
  const auto catalogue = names_of(exchange.parts.settings.scopes);
  const auto wanted = intersect_scopes(*words, catalogue);
  exchange.scopes = intersect_scopes(wanted, granted);
  if (exchange.scopes.size() < wanted.size() || (exchange.scopes.empty() && !granted.empty())) {
    return errors::invalid_scope("scope goes beyond what was granted");
  }
  return std::nullopt;
}

Verdict rotate_refresh_token(TokenExchange& exchange) {
  const Parts& parts = exchange.parts;
  const RefreshToken& old = exchange.refresh_token;
  auto issued = make_tokens(parts, exchange.client,
                            {old.grant, exchange.scopes, old.resource, exchange.grant_expires_at,
                             true, exchange.dpop_jkt});
  const std::string aad = make_aad(exchange.presented_hash);
  issued.record.sealed_response = parts.response_sealer.seal(issued.answer, aad);
  auto rotation = parts.tokens.rotate_refresh_token(
      exchange.presented_hash, issued.record, parts.clock.now(), parts.settings.refresh_grace);
  if (!rotation.ok()) {
    if (rotation.error().code == Code::kNotFound) return refuse("gone meanwhile");
    return errors::from(std::move(rotation).error());
  }
  switch (rotation->kind) {
    case Rotation::Kind::kRotated:
      exchange.answer = std::move(issued.answer);
      return std::nullopt;
    case Rotation::Kind::kReplayed: {
      // The client did not get our first answer, or asked twice at once: it gets the same one.
      const auto answer = parts.response_sealer.open(rotation->sealed_response, aad);
      if (!answer) return errors::server_error("the kept refresh response cannot be opened");
      exchange.answer = std::string(answer->reveal());
      return std::nullopt;
    }
    case Rotation::Kind::kReused:
      break;
  }
  return revoke_replayed(parts, exchange.http, old.grant, "refresh_token_reused");
}

}  // namespace mcph::oauth::token_steps
