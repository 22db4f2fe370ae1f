// The keys of purposes in memory, with the rules of the real store: one active and one next key a
// purpose. Time does not pass: a next key's moment is whenever `due` says so. Thread-safe.
#pragma once

#include <algorithm>
#include <mutex>
#include <vector>

#include "keys/server_key_store.h"

namespace mcph::test {

class MemoryServerKeyStore final : public keys::ServerKeyStore {
 public:
  Result<std::vector<keys::ServerKey>> list() override {
    const std::lock_guard lock(mutex_);
    if (broken) return Error{Code::kUnavailable, "no database", {}};
    return keys_;
  }
  Result<bool> insert_first(const keys::ServerKey& key) override {
    return insert(key, keys::KeyState::kActive);
  }
  Result<bool> insert_next(const keys::ServerKey& key, Milliseconds) override {
    return insert(key, keys::KeyState::kNext);
  }
  Result<bool> activate(const std::string& id, UnixTime now) override {
    const std::lock_guard lock(mutex_);
    keys::ServerKey* key = find(id);
    if (!due || key == nullptr || key->state != keys::KeyState::kNext) return false;
    for (auto& other : keys_) {
      if (other.purpose != key->purpose || other.state != keys::KeyState::kActive) continue;
      other.state = keys::KeyState::kRetired;
      other.retired_at = now;
    }
    key->state = keys::KeyState::kActive;
    key->activated_at = now;
    return true;
  }
  Result<bool> destroy(const std::string& id) override {
    const std::lock_guard lock(mutex_);
    keys::ServerKey* key = find(id);
    if (key == nullptr || key->state != keys::KeyState::kRetired) return false;
    key->state = keys::KeyState::kDestroyed;
    key->sealed.clear();
    return true;
  }
  Result<bool> replace_wrapping(const keys::ServerKey& from, const std::string& kek_id,
                                const std::string& sealed) override {
    const std::lock_guard lock(mutex_);
    keys::ServerKey* key = find(from.id);
    if (key == nullptr || key->sealed != from.sealed) return false;
    key->kek_id = kek_id;
    key->sealed = sealed;
    return true;
  }

  bool due = true;
  bool broken = false;

 private:
  Result<bool> insert(keys::ServerKey key, keys::KeyState state) {
    const std::lock_guard lock(mutex_);
    const bool taken = std::any_of(keys_.begin(), keys_.end(), [&](const keys::ServerKey& one) {
      return one.purpose == key.purpose && one.state == state;
    });
    if (taken) return false;
    key.state = state;
    keys_.push_back(std::move(key));
    return true;
  }
  keys::ServerKey* find(const std::string& id) {
    const auto found = std::find_if(keys_.begin(), keys_.end(),
                                    [&](const keys::ServerKey& key) { return key.id == id; });
    return found == keys_.end() ? nullptr : &*found;
  }

  std::mutex mutex_;
  std::vector<keys::ServerKey> keys_;
};

}  // namespace mcph::test
