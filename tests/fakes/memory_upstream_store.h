// Upstream credentials in memory, with the leases of the real store: one holder, an epoch for each,
// and nothing accepted from who lost it. Thread-safe. Can be told to fail.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/time.h"
#include "federation/upstream_store.h"

namespace mcph::fakes {

class MemoryUpstreamStore final : public federation::UpstreamStore {
 public:
  explicit MemoryUpstreamStore(const Clock& clock) : clock_(clock) {}

  void insert(const GrantId& grant, oauth::SealedCredential credential) {
    const std::lock_guard lock(mutex_);
    rows_[grant] = Row{{std::move(credential), 1}, {}, 0, {}};
  }

  void remove(const GrantId& grant) {
    const std::lock_guard lock(mutex_);
    rows_.erase(grant);
  }

  Result<std::optional<federation::StoredCredential>> load(const GrantId& grant) override {
    const std::lock_guard lock(mutex_);
    if (fails()) return broken();
    const auto found = rows_.find(grant);
    if (found == rows_.end() || found->second.dead_reason) {
      return std::optional<federation::StoredCredential>{};
    }
    return std::optional(found->second.stored);
  }

  Result<std::optional<std::int64_t>> try_lease(const GrantId& grant, std::int64_t version,
                                                Milliseconds duration) override {
    const std::lock_guard lock(mutex_);
    if (fails()) return broken();
    const auto found = rows_.find(grant);
    if (found == rows_.end()) return std::optional<std::int64_t>{};
    Row& row = found->second;
    const SteadyTime now = clock_.steady();
    if (row.dead_reason || row.stored.version != version || now < row.lease_until) {
      return std::optional<std::int64_t>{};
    }
    row.lease_until = now + duration;
    return std::optional(++row.epoch);
  }

  Result<> save(const GrantId& grant, std::int64_t epoch,
                const oauth::SealedCredential& credential) override {
    const std::lock_guard lock(mutex_);
    if (fails()) return broken();
    Row* row = find_held(grant, epoch);
    if (row == nullptr) return conflict();
    row->stored = {credential, row->stored.version + 1};
    row->lease_until = {};
    return Ok{};
  }

  Result<> release(const GrantId& grant, std::int64_t epoch) override {
    const std::lock_guard lock(mutex_);
    if (fails()) return broken();
    Row* row = find_held(grant, epoch);
    if (row == nullptr) return conflict();
    row->lease_until = {};
    return Ok{};
  }

  Result<> mark_dead(const GrantId& grant, std::int64_t epoch, const std::string& reason) override {
    const std::lock_guard lock(mutex_);
    if (fails()) return broken();
    Row* row = find_held(grant, epoch);
    if (row == nullptr) return conflict();
    row->dead_reason = reason;
    return Ok{};
  }

  // The next so many operations fail as if the database were gone.
  void fail_next(int operations) {
    const std::lock_guard lock(mutex_);
    failures_ = operations;
  }
  std::optional<std::string> dead_reason(const GrantId& grant) const {
    const std::lock_guard lock(mutex_);
    const auto found = rows_.find(grant);
    return found == rows_.end() ? std::nullopt : found->second.dead_reason;
  }
  bool is_leased(const GrantId& grant) const {
    const std::lock_guard lock(mutex_);
    const auto found = rows_.find(grant);
    return found != rows_.end() && clock_.steady() < found->second.lease_until;
  }

 private:
  struct Row {
    federation::StoredCredential stored;
    SteadyTime lease_until{};
    std::int64_t epoch = 0;
    std::optional<std::string> dead_reason;
  };

  static Error broken() { return Error{Code::kUnavailable, "no database", "no database"}; }
  static Error conflict() { return Error{Code::kConflict, "the lease is not ours", {}}; }

  bool fails() {
    if (failures_ == 0) return false;
    --failures_;
    return true;
  }
  Row* find_held(const GrantId& grant, std::int64_t epoch) {
    const auto found = rows_.find(grant);
    if (found == rows_.end() || found->second.epoch != epoch) return nullptr;
    return clock_.steady() < found->second.lease_until ? &found->second : nullptr;
  }

  const Clock& clock_;
  mutable std::mutex mutex_;
  std::unordered_map<GrantId, Row> rows_;
  int failures_ = 0;
};

}  // namespace mcph::fakes
