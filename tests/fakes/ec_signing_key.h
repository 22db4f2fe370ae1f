// A P-256 key that signs tokens (ES256) the way a client does. Immutable, thread-safe.
#pragma once

#include <memory>
#include <string>

#include "base/json.h"

namespace mcph::fakes {

class EcSigningKey {
 public:
  EcSigningKey();
  ~EcSigningKey();

  json::object jwk() const;  // the public half: kty, crv, x, y
  std::string sign(const json::object& header, const json::object& claims) const;

 private:
  struct Key;
  const std::unique_ptr<Key> key_;
};

}  // namespace mcph::fakes
