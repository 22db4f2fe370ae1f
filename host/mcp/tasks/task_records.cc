#include "mcp/tasks/task_records.h"

#include "mcp/rejection.h"
#include "mcp/tasks/limits.h"
#include "mcp/tasks/task_changes.h"

namespace mcph::mcp {
namespace {

constexpr TaskQuota kQuota{limits::kOpenTasksPerPrincipalMax, limits::kStoredTasksPerPrincipalMax};

Error unreadable(const StoredTask& stored) {
  return {Code::kInternal, "The task cannot be read", "task " + stored.id + " does not open"};
}

// Ids are of our making: whatever is not shaped like one is not in the database.
bool is_task_id(std::string_view text) noexcept {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return text.size() == limits::kTaskIdBytes && text.find_first_not_of(kAlphabet) == text.npos;
}

}  // namespace

Result<> TaskRecords::create(const Task& task) {
  return store_.create(sealing_.seal(task), limits::kTaskLease, kQuota);
}

Result<std::optional<Task>> TaskRecords::load(const std::string& id, const Caller& caller) {
  if (!is_task_id(id)) return std::optional<Task>{};
  for (int tries = 0; tries < limits::kTaskChangeTriesMax; ++tries) {
    const std::optional<FoundTask> found = TRY(store_.load(id, clock_.now()));
    if (!found.has_value()) return std::optional<Task>{};
    const StoredTask& stored = found->task;
    if (stored.principal != caller.principal || stored.client != caller.client) {
      return std::optional<Task>{};
    }
    if (found->abandoned) {
      TRY(end_abandoned(stored));
      continue;
    }
    std::optional<Task> task = sealing_.open(stored);
    if (!task.has_value()) return unreadable(stored);
    return task;
  }
  return Error{Code::kUnavailable, "The task is changing too fast", {}};
}

Result<bool> TaskRecords::replace(const Task& next) {
  return store_.replace(sealing_.seal(next), limits::kTaskLease);
}

Result<std::vector<std::string>> TaskRecords::renew(const TaskStore::Held& held) {
  return store_.renew(held, limits::kTaskLease);
}

Result<bool> TaskRecords::end_abandoned() {
  const std::vector<StoredTask> abandoned =
      TRY(store_.load_abandoned(clock_.now(), limits::kAbandonedTasksMax));
  for (const StoredTask& stored : abandoned) {
    if (TRY(end_abandoned(stored))) log_.warn("mcp.task_abandoned", {{"task", stored.id}});
  }
  return abandoned.size() == limits::kAbandonedTasksMax;
}

Result<bool> TaskRecords::end_abandoned(const StoredTask& stored) {
  std::optional<Task> task = sealing_.open(stored);
  // Ended all the same, with what is known of it.
  if (!task.has_value()) {
    task.emplace();
    task->id = stored.id;
    task->principal = stored.principal;
    task->client = stored.client;
    task->created_at = stored.created_at;
    task->expires_at = stored.expires_at;
    task->version = stored.version;
  }
  return replace(fail(*std::move(task),
                      rejections::internal_error("The host that ran the task has gone"),
                      clock_.now()));
}

}  // namespace mcph::mcp
