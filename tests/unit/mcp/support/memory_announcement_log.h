// An announcement log in memory, with a switch that makes it fail. Thread-safe.
#pragma once

#include <mutex>

#include "mcp/subscriptions/announcement_log.h"

namespace mcph::test {

class MemoryAnnouncementLog final : public mcp::AnnouncementLog {
 public:
  std::int64_t add(mcp::Announcement what) {
    const std::lock_guard lock(mutex_);
    const std::int64_t number = all_.empty() ? 1 : all_.back().number + 1;
    all_.push_back({number, std::move(what)});
    return number;
  }
  // Those up to that number are no longer kept.
  void forget(std::int64_t number) {
    const std::lock_guard lock(mutex_);
    std::erase_if(all_, [&](const auto& one) { return one.number <= number; });
  }
  void set_down(bool down) {
    const std::lock_guard lock(mutex_);
    down_ = down;
  }

  Result<std::int64_t> load_last() override {
    const std::lock_guard lock(mutex_);
    if (down_) return Error{Code::kUnavailable, "no database", {}};
    return all_.empty() ? 0 : all_.back().number;
  }
  Result<std::vector<mcp::NumberedAnnouncement>> load_after(std::int64_t number,
                                                            std::size_t count_max) override {
    const std::lock_guard lock(mutex_);
    if (down_) return Error{Code::kUnavailable, "no database", {}};
    std::vector<mcp::NumberedAnnouncement> found;
    for (const auto& one : all_) {
      if (one.number > number && found.size() < count_max) found.push_back(one);
    }
    return found;
  }

 private:
  std::mutex mutex_;
  std::vector<mcp::NumberedAnnouncement> all_;
  bool down_ = false;
};

}  // namespace mcph::test
