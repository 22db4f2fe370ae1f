// An RSA key that signs tokens the way an identity provider does. Immutable, thread-safe.
#pragma once

#include <memory>
#include <string>

#include "base/json.h"
#include "base/secret.h"

namespace mcph::fakes {

class SigningKey {
 public:
  explicit SigningKey(std::string kid);
  ~SigningKey();

  std::string jwk() const;  // the public half
  Secret pem() const;       // the private one, PKCS #8
  // {"alg":"RS256","kid":…} and the claims, signed.
  std::string sign(const json::object& claims) const;
  std::string sign(const json::object& header, const json::object& claims) const;

 private:
  struct Key;
  const std::string kid_;
  const std::unique_ptr<Key> key_;
};

}  // namespace mcph::fakes
