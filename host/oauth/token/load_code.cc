#include "oauth/token/steps.h"

namespace mcph::oauth::token_steps {
namespace {

// One answer for every reason: a guesser learns nothing (RFC 6749 §5.2).
Refusal refuse(std::string detail) {
  Refusal refusal = errors::invalid_grant("the code is unknown, expired or was used");
  refusal.detail = std::move(detail);
  return refusal;
}

}  // namespace

Verdict load_code(TokenExchange& exchange) {
  const Parts& parts = exchange.parts;
  const auto code = exchange.parameters.find("code");
  if (!code) return errors::invalid_request("code is missing");
  const UnixTime now = parts.clock.now();
  const auto expires_at = parts.token_format.find_expiry(TokenKind::kCode, *code);
  if (!expires_at) return refuse("not made here");
  if (*expires_at <= now) return refuse("expired");
  exchange.presented_hash = hash_token(*code);
  auto found = parts.tokens.find_code(exchange.presented_hash);
  if (!found.ok()) return errors::from(std::move(found).error());
  if (!*found) return refuse("not in the store");
  // Somebody else's code. Its owner is not punished for that: whoever knows a code could end
  // grants.
  if ((*found)->client != exchange.client.id) return refuse("of another client");
  if ((*found)->expires_at <= now) return refuse("expired");
  exchange.code = std::move(**found);
  exchange.scopes = exchange.code.scopes;
  return std::nullopt;
}

}  // namespace mcph::oauth::token_steps
