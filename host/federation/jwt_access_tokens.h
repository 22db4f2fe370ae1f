// Access tokens that the provider issues for this host: JWTs, judged here by their signature and
// their claims, without asking the provider about each (RFC 9068 §4). Thread-safe.
#pragma once

#include "base/time.h"
#include "federation/access_token_claims.h"
#include "federation/jwks_cache.h"
#include "federation/presented_tokens.h"
#include "oauth/token_validator.h"
#include "observability/log.h"

namespace mcph::federation {

class JwtAccessTokens final : public oauth::TokenValidator {
 public:
  JwtAccessTokens(AccessTokenRules rules, JwksCache& keys, PresentedCallers& callers,
                  const Clock& clock, const Log& log);

  // Whether it looks like a token of the provider's that has not expired, before anybody looks at
  // the signature.
  bool may_be_live(std::string_view token) const override;
  Result<oauth::ValidToken> validate(std::string_view token) override;

 private:
  Result<crypto::Jws> verify(std::string_view token) const;

  const AccessTokenRules rules_;
  JwksCache& keys_;
  PresentedCallers& callers_;
  const Clock& clock_;
  const Log& log_;
};

}  // namespace mcph::federation
