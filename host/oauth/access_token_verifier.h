// Who calls with this access token? For one protected resource (RFC 8707): a token for another one
// is refused here. Revocation reaches find_cached() through the forget_…() functions, which the
// listener for database notifications calls on every host. Thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/caller.h"
#include "base/result.h"
#include "base/time.h"
#include "oauth/token_cache.h"
#include "oauth/token_format.h"
#include "oauth/token_store.h"

namespace mcph::oauth {

struct VerifierOptions {
  std::string resource;
  // What a lost notification may cost; 0 looks every token up. At most kCacheTtlMax.
  Seconds cache_ttl{30};
  std::size_t cache_entries_max = 65'536;  // about 20 MiB when full
};

class AccessTokenVerifier {
 public:
  static constexpr Seconds kCacheTtlMax{30};

  AccessTokenVerifier(VerifierOptions options, const TokenFormat& format, TokenStore& tokens,
                      const Clock& clock);

  using Verified = TokenCache::Found;

  // No I/O; a null caller when the token must be looked up. Whoever admits somebody by the token
  // must look at `dpop_jkt` too.
  Verified find_cached(std::string_view token) const;
  // No I/O: false for what we never issued or what has expired. Refuse it without a look-up.
  bool may_be_live(std::string_view token) const;
  // Blocks. kUnauthorized: the token is not (or no longer) good for this resource. kUnavailable:
  // the store cannot be asked now.
  Result<Verified> verify(std::string_view token);

  void forget_grant(const GrantId& grant);
  void forget_client(const ClientId& client);
  void forget_token(std::string_view hash);  // SHA-256, raw
  void forget_all();                         // notifications may have been lost

 private:
  const VerifierOptions options_;
  const TokenFormat& format_;
  TokenStore& tokens_;
  const Clock& clock_;
  TokenCache cache_;
};

// RFC 8707: `audience` is the resource itself or a prefix of it that ends at a segment.
bool covers_resource(std::string_view audience, std::string_view resource) noexcept;

}  // namespace mcph::oauth
