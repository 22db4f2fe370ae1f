// Tasks in memory, with switches for what happens to a store. Several hosts may share one; they are
// told of changes as the database would tell them. Thread-safe.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <set>

#include "mcp/tasks/task_store.h"

namespace mcph::test {

class MemoryTaskStore final : public mcp::TaskStore {
 public:
  using Heard = std::function<void(const std::string& id)>;

  Result<> create(const mcp::StoredTask& task, Milliseconds, const mcp::TaskQuota& quota) override {
    const std::lock_guard lock(mutex_);
    if (down_) return no_database();
    const auto of_person = std::count_if(tasks_.begin(), tasks_.end(), [&](const auto& entry) {
      return entry.second.principal == task.principal;
    });
    if (static_cast<std::size_t>(of_person) >= quota.open_max) {
      return Error{Code::kLimit, "Too many tasks", {}};
    }
    tasks_[task.id] = task;
    return Ok{};
  }

  Result<std::optional<mcp::FoundTask>> load(const std::string& id, UnixTime now) override {
    const std::lock_guard lock(mutex_);
    if (down_) return no_database();
    const auto at = tasks_.find(id);
    if (at == tasks_.end() || at->second.expires_at <= now) return std::optional<mcp::FoundTask>{};
    return std::optional(mcp::FoundTask{at->second, is_abandoned(at->second)});
  }

  Result<bool> replace(const mcp::StoredTask& next, Milliseconds) override {
    std::vector<Heard> listeners;
    {
      const std::lock_guard lock(mutex_);
      if (down_) return no_database();
      const auto at = tasks_.find(next.id);
      if (at == tasks_.end() || at->second.version != next.version - 1) return false;
      at->second = next;
      leaseless_.erase(next.id);
      listeners = listeners_;
    }
    for (const Heard& heard : listeners) heard(next.id);
    return true;
  }

  Result<std::vector<std::string>> renew(const Held& held, Milliseconds) override {
    const std::lock_guard lock(mutex_);
    if (down_) return no_database();
    std::vector<std::string> renewed;
    for (const auto& [id, version] : held) {
      const auto at = tasks_.find(id);
      if (at == tasks_.end() || at->second.version != version) continue;
      if (at->second.status != mcp::TaskStatus::kWorking) continue;
      leaseless_.erase(id);
      renewed.push_back(id);
    }
    return renewed;
  }

  Result<std::vector<mcp::StoredTask>> load_abandoned(UnixTime, std::size_t count_max) override {
    const std::lock_guard lock(mutex_);
    if (down_) return no_database();
    std::vector<mcp::StoredTask> found;
    for (const auto& [id, task] : tasks_) {
      if (is_abandoned(task) && found.size() < count_max) found.push_back(task);
    }
    return found;
  }

  void listen(Heard heard) {
    const std::lock_guard lock(mutex_);
    listeners_.push_back(std::move(heard));
  }
  void set_down(bool down) {
    const std::lock_guard lock(mutex_);
    down_ = down;
  }
  // As if nobody had renewed for too long.
  void end_leases() {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, task] : tasks_) leaseless_.insert(id);
  }
  // Everything the store knows, for a test to look through.
  std::string text() const {
    const std::lock_guard lock(mutex_);
    std::string all;
    for (const auto& [id, task] : tasks_) all += task.sealed + '\n';
    return all;
  }
  std::size_t count() const {
    const std::lock_guard lock(mutex_);
    return tasks_.size();
  }

 private:
  static Error no_database() { return {Code::kUnavailable, "no database", {}}; }
  bool is_abandoned(const mcp::StoredTask& task) const {
    return task.status == mcp::TaskStatus::kWorking && leaseless_.contains(task.id);
  }

  mutable std::mutex mutex_;
  std::map<std::string, mcp::StoredTask> tasks_;
  std::set<std::string> leaseless_;
  std::vector<Heard> listeners_;
  bool down_ = false;
};

}  // namespace mcph::test
