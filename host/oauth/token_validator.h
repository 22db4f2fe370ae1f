// What an access token says, asked of whoever issued it: our own store, or an identity provider
// whose signature it carries. The verifier keeps what it learns here. Thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/caller.h"
#include "base/result.h"

namespace mcph::oauth {

struct ValidToken {
  CallerPtr caller;  // never null
  // Thumbprint of the key that the token is bound to (RFC 9449); null: a bearer token.
  std::shared_ptr<const std::string> dpop_jkt;
};

class TokenValidator {
 public:
  virtual ~TokenValidator() = default;
  // No I/O: false for what nobody we trust issued, or what has expired.
  virtual bool may_be_live(std::string_view token) const = 0;
  // Blocks. kUnauthorized: the token is not (or no longer) good for this resource. kUnavailable:
  // whoever knows cannot be asked now.
  virtual Result<ValidToken> validate(std::string_view token) = 0;
};

}  // namespace mcph::oauth
