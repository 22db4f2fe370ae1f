// Seals values of one purpose into text that may travel through a client or lie in the database:
// `<key id>.<base64url>`. Follows the rotation of its purpose's keys. Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/secret.h"
#include "crypto/key_source.h"

namespace mcph::crypto {

class Sealer {
 public:
  Sealer(const KeySource& keys, std::string_view purpose, Random& random)
      : keys_(keys.open(purpose)), random_(random) {}

  std::string seal(std::string_view plaintext, std::string_view aad) const;
  // Nothing when forged, sealed for another purpose or aad, or by a key that is no more.
  std::optional<Secret> open(std::string_view sealed, std::string_view aad) const;

 private:
  const KeySlotPtr keys_;
  Random& random_;
};

}  // namespace mcph::crypto
