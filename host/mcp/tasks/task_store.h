// Where tasks live, so that any host can answer for any of them. Implemented by store/. What a task
// is about (arguments, questions, results) is sealed before it comes here. Thread-safe, blocking.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"

namespace mcph::mcp {

enum class TaskStatus : std::uint8_t { kWorking, kInputRequired, kCompleted, kFailed, kCancelled };

constexpr bool is_terminal(TaskStatus status) noexcept {
  return status >= TaskStatus::kCompleted;
}

// As on the wire, in the order of the enumerators.
inline constexpr std::array<std::string_view, 5> kTaskStatusNames{
    "working", "input_required", "completed", "failed", "cancelled"};

constexpr std::string_view to_string(TaskStatus status) noexcept {
  return kTaskStatusNames[static_cast<std::size_t>(status)];
}

constexpr std::optional<TaskStatus> find_task_status(std::string_view text) noexcept {
  for (std::size_t i = 0; i < kTaskStatusNames.size(); ++i) {
    if (kTaskStatusNames[i] == text) return static_cast<TaskStatus>(i);
  }
  return std::nullopt;
}

struct StoredTask {
  std::string id;
  PrincipalId principal;
  ClientId client;
  TaskStatus status = TaskStatus::kWorking;
  UnixTime created_at{};
  UnixTime updated_at{};
  UnixTime expires_at{};
  std::int64_t version = 1;  // grows by one with each change
  std::string sealed;        // visible ASCII

  friend bool operator==(const StoredTask&, const StoredTask&) = default;
};

// As it was found. Abandoned: somebody works on it no longer, for the lease ran out.
struct FoundTask {
  StoredTask task;
  bool abandoned = false;
};

// How many tasks one person may have.
struct TaskQuota {
  std::size_t open_max;    // that are not at their end
  std::size_t stored_max;  // that have not expired
};

class TaskStore {
 public:
  virtual ~TaskStore() = default;

  // A task its host works on, for as long as `lease` is renewed. kLimit when that is more than the
  // quota.
  virtual Result<> create(const StoredTask& task, Milliseconds lease, const TaskQuota& quota) = 0;
  // Nothing when unknown or expired.
  virtual Result<std::optional<FoundTask>> load(const std::string& id, UnixTime now) = 0;
  // Puts `next` in the place of the version before it, and tells all hosts. A working task has the
  // lease from here on, no other has any. False when the task is another by now or is gone:
  // somebody else was faster.
  virtual Result<bool> replace(const StoredTask& next, Milliseconds lease) = 0;

  // Of the given ids and versions those that are still as given, with their lease renewed.
  using Held = std::vector<std::pair<std::string, std::int64_t>>;
  virtual Result<std::vector<std::string>> renew(const Held& held, Milliseconds lease) = 0;
  // Tasks that nobody works on any longer, though they say so.
  virtual Result<std::vector<StoredTask>> load_abandoned(UnixTime now, std::size_t count_max) = 0;
};

}  // namespace mcph::mcp
