// The audit record in memory. Thread-safe. Tests may reach in and change what was written.
#pragma once

#include <algorithm>
#include <mutex>
#include <vector>

#include "audit/audit_store.h"

namespace mcph::test {

class MemoryAuditStore final : public audit::AuditStore {
 public:
  Result<> append(const Make& make) override {
    const std::lock_guard lock(mutex_);
    if (broken) return Error{Code::kUnavailable, "no database", {}};
    for (auto& entry : make(standing.head)) {
      standing.head = {entry.number, entry.mac};
      entries.push_back(std::move(entry));
    }
    return Ok{};
  }
  Result<audit::Standing> load_standing() override {
    const std::lock_guard lock(mutex_);
    return standing;
  }
  Result<std::vector<audit::Entry>> list(const audit::Filter& filter) override {
    const std::lock_guard lock(mutex_);
    std::vector<audit::Entry> found;
    for (const auto& entry : entries) {
      const bool wanted = entry.number > filter.after &&
                          (filter.before == 0 || entry.number < filter.before) &&
                          (filter.type.empty() || entry.type == filter.type) &&
                          (filter.client.empty() || entry.client == filter.client);
      if (wanted) found.push_back(entry);
    }
    if (filter.newest_first) std::reverse(found.begin(), found.end());
    if (found.size() > filter.count_max) found.resize(filter.count_max);
    return found;
  }
  Result<std::optional<audit::Head>> find_last_before(UnixTime) override {
    return std::optional<audit::Head>{};
  }
  Result<std::size_t> prune(const audit::Head&, std::size_t) override { return std::size_t{0}; }

  std::vector<audit::Entry> entries;
  audit::Standing standing;
  bool broken = false;

 private:
  std::mutex mutex_;
};

}  // namespace mcph::test
