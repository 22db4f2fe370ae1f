// The key-encryption keys of the installation: what lies outside of the database and wraps the keys
// inside of it. The first key of the ring is active: it wraps; every key of the ring unwraps.
// Thread-safe; replace() swaps the whole ring while it is in use.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/key_source.h"
#include "crypto/sealer.h"

namespace mcph::crypto {

class KeyRing final : public KeySource {
 public:
  // A rotation needs two or three keys; more is a mistake in the file.
  static constexpr std::size_t kKeyCountMax = 16;

  // Lines `<id>:<base64url of 32 bytes>`; empty lines and `#` comments are skipped. Ids are 1–32 of
  // [A-Za-z0-9_-] and unique. At least one key.
  static Result<KeyRing> parse(std::string_view text);
  // A line for such a file.
  static Secret make_line(std::string_view id, Random& random);

  std::string active_id() const { return state()->order.front(); }
  // In the order of the file: the active one first.
  std::vector<std::string> ids() const { return state()->order; }
  // The sub-key of a ring key for one purpose (HKDF). Nothing for an id that is not in the ring.
  std::optional<Secret> derive(std::string_view key_id, std::string_view purpose) const;

  struct Derived {
    std::string id;
    Secret key;
  };
  // Of the key that is active now.
  Derived derive_active(std::string_view purpose) const;

  // Keys that were derived stay what they are.
  void replace(KeyRing other);

  // Keys derived from the ring alone, for whoever has no database to keep others in. They do not
  // follow replace().
  KeySlotPtr open(std::string_view purpose) const override;

 private:
  struct State {
    std::vector<std::string> order;
    std::unordered_map<std::string, Secret> keys;
    std::optional<Secret> derive(std::string_view key_id, std::string_view purpose) const;
  };
  struct Shared {
    std::mutex mutex;
    std::shared_ptr<const State> state;
  };
  explicit KeyRing(State state);
  std::shared_ptr<const State> state() const;

  std::unique_ptr<Shared> shared_;
};

}  // namespace mcph::crypto
