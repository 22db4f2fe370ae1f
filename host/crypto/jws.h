// Verification of signed JSON web tokens (RFC 7515, 7517, 7518, 8037) against a set of public keys.
// Immutable values, thread-safe. Parsing keys is the expensive part: keep the JwkSet.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace mcph::crypto {

// An id_token with many groups is a few KB; larger ones are not worth the base64.
inline constexpr std::size_t kJwsBytesMax = 64 * 1024;
inline constexpr std::size_t kJwkCountMax = 64;  // issuers publish two to five

// The public keys of an issuer. Keys that are not for signatures, of an unknown type, or too weak
// (RSA below 2048 bits) are left out, as RFC 7517 §5 asks.
class JwkSet {
 public:
  JwkSet();
  ~JwkSet();
  JwkSet(JwkSet&&) noexcept;
  JwkSet& operator=(JwkSet&&) noexcept;

  // kInvalid when the text is no JWK Set. A set without a single usable key is valid and empty.
  static Result<JwkSet> parse(std::string_view jwks_json);
  bool has_key(std::string_view kid) const;
  std::size_t size() const noexcept;

 private:
  friend struct JwsVerifier;
  struct Key;
  std::vector<std::unique_ptr<Key>> keys_;
};

struct Jws {
  json::object header;
  json::object claims;
};

// Checks form, `alg` against the allow-list (of RS256, PS256, ES256, EdDSA), `crit` (refused), and
// the signature. Says nothing about the claims. kUnauthorized when the signature is wrong;
// kNotFound when no key of the set carries the token's `kid` — refetch the set then. A token
// without `kid` is tried with the one key that fits its `alg`, and refused when several do.
Result<Jws> verify_jws(std::string_view compact, const JwkSet& keys,
                       const std::vector<std::string>& algorithms);

// The `kid` of a token whose signature nobody checked yet: only to look up keys. Empty when it has
// none.
Result<std::string> read_unverified_kid(std::string_view compact);

// The header of a token whose signature nobody checked yet: only to find the key in it.
Result<json::object> read_unverified_header(std::string_view compact);
// The claims of a token whose signature nobody checked yet: only to find out whose keys to check it
// with. Believe nothing else.
Result<json::object> read_unverified_claims(std::string_view compact);

}  // namespace mcph::crypto
