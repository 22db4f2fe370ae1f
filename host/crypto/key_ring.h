// The key-encryption keys of the installation and what is derived from them. The first key of the
// ring is active: it seals; every key of the ring opens. Purposes never share a key.
// Immutable after parse(), thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"

namespace mcph::crypto {

class KeyRing {
 public:
  // A rotation needs two or three keys; more is a mistake in the file.
  static constexpr std::size_t kKeyCountMax = 16;

  // Lines `<id>:<base64url of 32 bytes>`; empty lines and `#` comments are skipped. Ids are 1–32 of
  // [A-Za-z0-9_-] and unique. At least one key.
  static Result<KeyRing> parse(std::string_view text);

  const std::string& active_id() const noexcept { return order_.front(); }
  // In the order of the file: the active one first.
  const std::vector<std::string>& ids() const noexcept { return order_; }
  // The sub-key of a ring key for one purpose (HKDF). Nothing for an id that is not in the ring.
  std::optional<Secret> derive(std::string_view key_id, std::string_view purpose) const;

 private:
  std::vector<std::string> order_;
  std::unordered_map<std::string, Secret> keys_;
};

// Seals values of one purpose into text that may travel through a client: `<key id>.<base64url>`.
// Keys are derived once. Thread-safe.
class Sealer {
 public:
  Sealer(const KeyRing& ring, std::string_view purpose, Random& random);

  std::string seal(std::string_view plaintext, std::string_view aad) const;
  // Nothing when forged, sealed for another purpose or aad, or by a key no longer in the ring.
  std::optional<Secret> open(std::string_view sealed, std::string_view aad) const;

 private:
  std::string active_id_;
  std::unordered_map<std::string, Secret> keys_;  // key id -> sub-key of this purpose
  Random& random_;
};

}  // namespace mcph::crypto
