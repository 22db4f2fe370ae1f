// What was audited, in memory. Thread-safe.
#pragma once

#include <algorithm>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include "observability/audit.h"

namespace mcph::test {

class MemoryAuditLog final : public AuditLog {
 public:
  void record(AuditEvent event) override { add(std::move(event)); }
  void note(AuditEvent event) override { add(std::move(event)); }

  std::vector<AuditEvent> events() const {
    const std::lock_guard lock(mutex_);
    return events_;
  }
  std::size_t count(std::string_view type) const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(
        std::count_if(events_.begin(), events_.end(),
                      [type](const AuditEvent& event) { return event.type == type; }));
  }

 private:
  void add(AuditEvent event) {
    const std::lock_guard lock(mutex_);
    events_.push_back(std::move(event));
  }
  mutable std::mutex mutex_;
  std::vector<AuditEvent> events_;
};

}  // namespace mcph::test
