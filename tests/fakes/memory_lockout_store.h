// Failed authentications in memory. Thread-safe.
#pragma once

#include <atomic>
#include <map>
#include <mutex>

#include "oauth/lockout_store.h"

namespace mcph::test {

class MemoryLockoutStore final : public oauth::LockoutStore {
 public:
  Result<std::optional<oauth::Failures>> find_failures(const std::string& key_hash,
                                                       UnixTime now) override {
    ++calls;
    if (broken) return Error{Code::kUnavailable, "no database", {}};
    const std::lock_guard lock(mutex_);
    const auto found = rows_.find(key_hash);
    if (found == rows_.end() || found->second.forgotten_at <= now) {
      return std::optional<oauth::Failures>{};
    }
    return std::optional<oauth::Failures>{found->second.failures};
  }
  Result<std::int64_t> add_failure(const std::string& key_hash, UnixTime now,
                                   UnixTime forgotten_at) override {
    ++calls;
    const std::lock_guard lock(mutex_);
    Row& row = rows_[key_hash];
    if (row.forgotten_at <= now) row.failures.count = 0;
    row = {{row.failures.count + 1, now}, forgotten_at};
    return row.failures.count;
  }
  Result<> clear_failures(const std::string& key_hash) override {
    ++calls;
    const std::lock_guard lock(mutex_);
    rows_.erase(key_hash);
    return Ok{};
  }
  // As if an hour had passed.
  void clear() {
    const std::lock_guard lock(mutex_);
    rows_.clear();
  }
  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return rows_.size();
  }

  std::atomic<int> calls{0};
  std::atomic<bool> broken{false};

 private:
  struct Row {
    oauth::Failures failures;
    UnixTime forgotten_at{};
  };
  mutable std::mutex mutex_;
  std::map<std::string, Row> rows_;
};

}  // namespace mcph::test
