// Ended sessions in memory, with a switch that makes the store fail. Thread-safe.
#pragma once

#include <mutex>
#include <set>

#include "mcp/legacy/session_store.h"

namespace mcph::test {

class MemorySessionStore final : public mcp::SessionStore {
 public:
  Result<> terminate(const std::string& id_hash, UnixTime) override {
    const std::lock_guard lock(mutex_);
    if (down_) return Error{Code::kUnavailable, "no database", {}};
    ended_.insert(id_hash);
    return Ok{};
  }
  Result<bool> is_terminated(const std::string& id_hash) override {
    const std::lock_guard lock(mutex_);
    ++questions_;
    if (down_) return Error{Code::kUnavailable, "no database", {}};
    return ended_.contains(id_hash);
  }
  void set_down(bool down) {
    const std::lock_guard lock(mutex_);
    down_ = down;
  }
  int questions() const {
    const std::lock_guard lock(mutex_);
    return questions_;
  }

 private:
  mutable std::mutex mutex_;
  std::set<std::string> ended_;
  bool down_ = false;
  int questions_ = 0;
};

}  // namespace mcph::test
