#include "oauth/token/replay.h"
#include "oauth/token/steps.h"

namespace mcph::oauth::token_steps {

Verdict redeem_code(TokenExchange& exchange) {
  const Parts& parts = exchange.parts;
  auto issued = make_tokens(parts, exchange.client,
                            {exchange.code.grant, exchange.scopes, exchange.code.resource,
                             exchange.grant_expires_at, false, exchange.dpop_jkt});
  const auto outcome = parts.tokens.redeem_code(exchange.presented_hash, issued.record);
  if (!outcome.ok()) return errors::from(outcome.error());
  // Somebody was faster between our look and our write: the database decides, and it is a replay.
  if (*outcome == Redemption::kAlreadyUsed) {
    return revoke_replayed(parts, exchange.http, exchange.code.grant, "code_replayed");
  }
  exchange.answer = std::move(issued.answer);
  return std::nullopt;
}

}  // namespace mcph::oauth::token_steps
