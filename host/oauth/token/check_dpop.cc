// The proof of a token request (RFC 9449 §5), and what it is compared with.
#include "oauth/dpop/proof.h"
#include "oauth/endpoints.h"
#include "oauth/token/steps.h"

namespace mcph::oauth::token_steps {

Verdict check_dpop(TokenExchange& exchange) {
  const Parts& parts = exchange.parts;
  auto outcome = parts.dpop.check(exchange.http, parts.settings.issuer + kTokenPath, {});
  switch (outcome.kind) {
    case DpopOutcome::Kind::kProven:
      exchange.dpop_jkt = std::move(outcome.jkt);
      return std::nullopt;
    case DpopOutcome::Kind::kAbsent:
      // §5.2: such a client never wants a token that anybody could use.
      if (exchange.client.dpop_bound) {
        return errors::invalid_dpop_proof("the client must send a DPoP proof");
      }
      return std::nullopt;
    case DpopOutcome::Kind::kNonceNeeded:
      return errors::use_dpop_nonce(parts.dpop.make_nonce());
    case DpopOutcome::Kind::kInvalid:
      return errors::invalid_dpop_proof(std::move(outcome.why));
    case DpopOutcome::Kind::kUnavailable:
      break;
  }
  return errors::temporarily_unavailable(std::move(outcome.why));
}

// §10
Verdict check_code_key(TokenExchange& exchange) {
  const std::string& bound = exchange.code.dpop_jkt;
  if (bound.empty() || bound == exchange.dpop_jkt) return std::nullopt;
  return errors::invalid_grant("the code is bound to another key");
}

// §5: the refresh token of a public client is bound, as nothing else proves who presents it.
Verdict check_refresh_key(TokenExchange& exchange) {
  const std::string& bound = exchange.refresh_token.dpop_jkt;
  if (bound.empty() || bound == exchange.dpop_jkt) return std::nullopt;
  return errors::invalid_grant("the refresh token is bound to another key");
}

// A bound token must not be turned into one that is not, or into one of another key.
Verdict check_exchange_key(TokenExchange& exchange) {
  const std::string& bound = exchange.subject_token.dpop_jkt;
  if (bound.empty() || bound == exchange.dpop_jkt) return std::nullopt;
  return errors::invalid_dpop_proof("the subject_token is bound to another key");
}

}  // namespace mcph::oauth::token_steps
