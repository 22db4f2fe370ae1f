// The purposes' keys as they are stored, wrapped by a key of the ring. Implemented by store/.
// Thread-safe, blocking. Every change is told to all hosts in the transaction that makes it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace mcph::keys {

// next: every host knows it, none uses it yet. active: it seals and signs; one a purpose. retired:
// it opens and verifies what it made. destroyed: only the row is left.
enum class KeyState { kNext, kActive, kRetired, kDestroyed };
std::string_view to_string(KeyState state) noexcept;
std::optional<KeyState> parse_key_state(std::string_view text) noexcept;

struct ServerKey {
  std::string id;
  std::string purpose;
  KeyState state = KeyState::kNext;
  std::string kek_id;
  std::string sealed;  // empty once destroyed
  UnixTime created_at{};
  std::optional<UnixTime> activates_at;  // of a next one
  std::optional<UnixTime> activated_at;
  std::optional<UnixTime> retired_at;
};

class ServerKeyStore {
 public:
  virtual ~ServerKeyStore() = default;

  // All of them, oldest first.
  virtual Result<std::vector<ServerKey>> list() = 0;
  // As active, and only if the purpose has no active key. False when it has: somebody was faster.
  virtual Result<bool> insert_first(const ServerKey& key) = 0;
  // As next, to become active after `delay` by the database's clock. False when the purpose has a
  // next key already.
  virtual Result<bool> insert_next(const ServerKey& key, Milliseconds delay) = 0;
  // A next key whose time has come becomes active, the active one retired. False when it is not its
  // time, or somebody was faster.
  virtual Result<bool> activate(const std::string& id, UnixTime now) = 0;
  // Only a retired one. False when it is not.
  virtual Result<bool> destroy(const std::string& id) = 0;
  // Only if it is still wrapped as in `from`.
  virtual Result<bool> replace_wrapping(const ServerKey& from, const std::string& kek_id,
                                        const std::string& sealed) = 0;
};

}  // namespace mcph::keys
