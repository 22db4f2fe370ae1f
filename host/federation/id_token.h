// Verification of ID tokens (OpenID Connect Core §3.1.3.7): first the signature, then an ordered
// table of checks, each with a name. Every check must pass; the log learns which one did not.
// Thread-safe; may block when keys must be fetched.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"
#include "crypto/jws.h"
#include "federation/jwks_cache.h"

namespace mcph::federation {

struct IdTokenExpectation {
  std::string issuer;
  std::string client_id;
  std::vector<std::string> acrs;  // one of these; empty: any
  Secret nonce;
  Secret access_token;  // what at_hash is compared with
  UnixTime now{};
};

struct IdToken {
  std::string subject;
  std::string label;  // preferred_username or the like; may be empty
  std::string acr;    // may be empty
  json::object claims;
};

// kUnauthorized when the token is not to be trusted; kUnavailable when there are no keys.
Result<IdToken> verify_id_token(const Secret& compact, JwksCache& keys,
                                const IdTokenExpectation& expected);

// The table alone, for a token whose signature is good.
Result<> check_id_token(const crypto::Jws& token, const IdTokenExpectation& expected);

}  // namespace mcph::federation
