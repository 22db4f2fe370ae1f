// The keys of one purpose, and where they come from. A purpose ("oauth.consent", "mcp.cursor")
// never shares a key with another. One key of a set is active: it seals and signs; all of them open
// and verify. Sets are immutable; a slot always has the newest one, so that keys may be rotated
// while everything runs.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/secret.h"

namespace mcph::crypto {

class KeySet {
 public:
  struct Entry {
    std::string id;
    std::uint8_t mark;  // first byte of the id's SHA-256: what a short token has room for
    Secret key;
  };

  // The active one first; at least one.
  explicit KeySet(std::vector<std::pair<std::string, Secret>> keys);

  const Entry& active() const noexcept { return entries_.front(); }
  const std::vector<Entry>& entries() const noexcept { return entries_; }
  const Entry* find(std::string_view id) const noexcept;

 private:
  std::vector<Entry> entries_;
};

using KeySetPtr = std::shared_ptr<const KeySet>;

// Thread-safe.
class KeySlot {
 public:
  explicit KeySlot(KeySetPtr keys) : keys_(std::move(keys)) {}

  KeySetPtr current() const {
    const std::lock_guard lock(mutex_);
    return keys_;
  }
  void replace(KeySetPtr keys) {
    const std::lock_guard lock(mutex_);
    keys_.swap(keys);
  }

 private:
  mutable std::mutex mutex_;
  KeySetPtr keys_;
};

using KeySlotPtr = std::shared_ptr<const KeySlot>;

// Thread-safe.
class KeySource {
 public:
  virtual ~KeySource() = default;
  // For as long as the slot is held. The purpose must be one the source knows.
  virtual KeySlotPtr open(std::string_view purpose) const = 0;
};

}  // namespace mcph::crypto
