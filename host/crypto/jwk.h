// One parsed public key of a JwkSet. Internal to crypto/: owns an OpenSSL key.
#pragma once

#include <string>
#include <string_view>

#include "crypto/jws.h"
#include "crypto/openssl_ptr.h"

namespace mcph::crypto {

enum class KeyType { kRsa, kP256, kEd25519 };

struct JwkSet::Key {
  std::string kid;  // empty: the key has none
  std::string alg;  // empty: every algorithm of its type
  KeyType type = KeyType::kRsa;
  PkeyPtr pkey;

  bool fits(std::string_view algorithm, KeyType wanted) const {
    return type == wanted && (alg.empty() || alg == algorithm);
  }
};

}  // namespace mcph::crypto
