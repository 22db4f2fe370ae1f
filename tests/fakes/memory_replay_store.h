// What was used once, in memory. Thread-safe.
#pragma once

#include <atomic>
#include <map>
#include <mutex>

#include "oauth/replay_store.h"

namespace mcph::test {

class MemoryReplayStore final : public oauth::ReplayStore {
 public:
  Result<bool> use_once(const std::string& id_hash, UnixTime expires_at) override {
    if (broken) return Error{Code::kUnavailable, "no database", {}};
    const std::lock_guard lock(mutex_);
    return used_.emplace(id_hash, expires_at).second;
  }
  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return used_.size();
  }

  std::atomic<bool> broken{false};

 private:
  mutable std::mutex mutex_;
  std::map<std::string, UnixTime> used_;
};

}  // namespace mcph::test
