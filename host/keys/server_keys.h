// The keys of every purpose, out of the database: all hosts have the same ones. Follows rotations
// through load(), which is called when another host says that something changed, and every
// kReloadEvery in any case. Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/key_source.h"
#include "keys/key_wrapping.h"
#include "keys/purposes.h"
#include "keys/server_key_store.h"

namespace mcph::keys {

// A notification may get lost. The delay before a new key is used is three times this.
inline constexpr Seconds kReloadEvery{30};
inline constexpr Milliseconds kActivationDelay{90'000};

class ServerKeys final : public crypto::KeySource {
 public:
  // Makes the first key of each purpose that has none yet, and reads all. An error when one cannot
  // be opened: the ring lacks a key, and a host without it would refuse what others issued. Blocks.
  static Result<std::unique_ptr<ServerKeys>> create(ServerKeyStore& store, KeyWrapping wrapping,
                                                    std::vector<Purpose> purposes,
                                                    const Clock& clock);

  // Reads all keys again. After an error the ones of before stay in use. Blocks.
  Result<> load();

  crypto::KeySlotPtr open(std::string_view purpose) const override;
  const std::vector<Purpose>& purposes() const noexcept { return purposes_; }

 private:
  ServerKeys(ServerKeyStore& store, KeyWrapping wrapping, std::vector<Purpose> purposes);
  Result<crypto::KeySetPtr> make_set(std::string_view purpose,
                                     const std::vector<ServerKey>& keys) const;

  ServerKeyStore& store_;
  const KeyWrapping wrapping_;
  const std::vector<Purpose> purposes_;
  std::mutex loading_;  // of two loads the later one must have the last word
  std::map<std::string, std::shared_ptr<crypto::KeySlot>, std::less<>> slots_;
};

}  // namespace mcph::keys
