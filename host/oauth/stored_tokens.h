// Access tokens of our own: opaque, recognized by their tag, known by their hash in the store. For
// one protected resource (RFC 8707): a token for another one is refused. Thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "oauth/token_format.h"
#include "oauth/token_store.h"
#include "oauth/token_validator.h"

namespace mcph::oauth {

class StoredTokens final : public TokenValidator {
 public:
  StoredTokens(std::string resource, const TokenFormat& format, TokenStore& tokens,
               const Clock& clock);

  bool may_be_live(std::string_view token) const override;
  Result<ValidToken> validate(std::string_view token) override;

 private:
  const std::string resource_;
  const TokenFormat& format_;
  TokenStore& tokens_;
  const Clock& clock_;
};

// RFC 8707: `audience` is the resource itself or a prefix of it that ends at a segment.
bool covers_resource(std::string_view audience, std::string_view resource) noexcept;

}  // namespace mcph::oauth
