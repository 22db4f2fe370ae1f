// A token of the provider's, its signature checked with the keys it publishes: a key we have not
// seen yet makes them be fetched again, so it does not matter which comes first, the key or a token
// made with it (at most once in limits::kRefetchCoolDown). Says nothing about the claims.
// Thread-safe; may block.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/jws.h"
#include "federation/jwks_cache.h"

namespace mcph::federation {

// kUnavailable: there are no keys. Any other error: the token is not the provider's.
Result<crypto::Jws> verify_jws(std::string_view compact, JwksCache& keys,
                               const std::vector<std::string>& algorithms);

}  // namespace mcph::federation
