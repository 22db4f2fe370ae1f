// Who calls with this access token? What the validator says, remembered. Revocation reaches
// find_cached() through the forget_…() functions, which the listener for database notifications
// calls on every host. Thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/caller.h"
#include "base/result.h"
#include "base/time.h"
#include "oauth/token_cache.h"
#include "oauth/token_validator.h"

namespace mcph::oauth {

struct VerifierOptions {
  // What a lost notification may cost; 0 asks the validator every time. Never beyond the token's
  // expiry.
  Seconds cache_ttl{30};
  std::size_t cache_entries_max = 65'536;  // about 20 MiB when full
};

class AccessTokenVerifier {
 public:
  AccessTokenVerifier(VerifierOptions options, TokenValidator& validator, const Clock& clock);

  using Verified = TokenCache::Found;

  // No I/O; a null caller when the token must be looked up. Whoever admits somebody by the token
  // must look at `dpop_jkt` too.
  Verified find_cached(std::string_view token) const;
  // No I/O: false for what never can be good. Refuse it without a look-up.
  bool may_be_live(std::string_view token) const { return validator_.may_be_live(token); }
  // Blocks. kUnauthorized: the token is not (or no longer) good for this resource. kUnavailable:
  // whoever knows cannot be asked now.
  Result<Verified> verify(std::string_view token);

  void forget_grant(const GrantId& grant);
  void forget_client(const ClientId& client);
  void forget_token(std::string_view hash);  // SHA-256, raw
  void forget_all();                         // notifications may have been lost

 private:
  const VerifierOptions options_;
  TokenValidator& validator_;
  const Clock& clock_;
  TokenCache cache_;
};

}  // namespace mcph::oauth
