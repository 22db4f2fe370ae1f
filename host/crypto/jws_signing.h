// Signing of JSON web tokens (RFC 7515): how this host proves to others who it is. Immutable
// values, thread-safe.
#pragma once

#include <memory>
#include <string>

#include "base/json.h"
#include "base/result.h"
#include "base/secret.h"

namespace mcph::crypto {

// An RSA private key that signs with RS256.
class JwsSigningKey {
 public:
  // PKCS #8 or PKCS #1 in PEM, not encrypted. kInvalid when it is none, or below 2048 bits.
  static Result<JwsSigningKey> parse(const Secret& pem);
  ~JwsSigningKey();
  JwsSigningKey(const JwsSigningKey&);
  JwsSigningKey& operator=(const JwsSigningKey&);

  // The compact form. `alg` of the header is set here.
  std::string sign(json::object header, const json::object& claims) const;

 private:
  struct Key;
  explicit JwsSigningKey(std::shared_ptr<const Key> key);
  std::shared_ptr<const Key> key_;
};

// HS256 with a secret both sides know (RFC 7518 §3.2).
std::string sign_jws_hs256(json::object header, const json::object& claims, const Secret& secret);

}  // namespace mcph::crypto
