#include "mcp/tasks/task_runs.h"

#include <algorithm>
#include <utility>

#include "mcp/tasks/limits.h"

namespace mcph::mcp {

bool TaskRuns::has_room() const {
  const std::lock_guard lock(mutex_);
  return !stopping_ && runs_.size() < limits::kTaskRunsMax;
}

std::shared_ptr<TaskRun> TaskRuns::begin(Task task, GrantId grant) {
  std::string id = task.id;
  auto run = std::make_shared<TaskRun>(*this, std::move(task), std::move(grant));
  const std::lock_guard lock(mutex_);
  // The run of an earlier round of the same task is over, but may not have been removed yet.
  runs_[std::move(id)] = run;
  return run;
}

void TaskRuns::note_ended(const std::shared_ptr<TaskRun>& run) {
  // When the executor is full, tend() does it.
  [[maybe_unused]] const bool taken = executor_.submit([this, run] { store(run); });
}

void TaskRuns::note_changed(std::string_view id) {
  const std::shared_ptr<TaskRun> run = find(id);
  if (run == nullptr) return;
  // When the executor is full, the next renewal finds it.
  [[maybe_unused]] const bool taken = executor_.submit([this, run] { check(run); });
}

void TaskRuns::abandon(std::string_view id) {
  const std::shared_ptr<TaskRun> run = find(id);
  if (run == nullptr) return;
  run->abandon();
  remove(*run);
}

void TaskRuns::end_if(const std::function<bool(const TaskRun& run)>& condition,
                      const std::string& why) {
  for (const auto& run : all()) {
    if (!condition(*run)) continue;
    run->end(why);
    note_ended(run);
  }
}

void TaskRuns::tend() {
  store_all();
  const SteadyTime now = clock_.steady();
  if (now - renewed_ < limits::kTaskRenewal) return;
  renewed_ = now;
  renew();
  const Result<bool> more = records_.end_abandoned();
  if (!more.ok()) log_.failure(LogLevel::kWarn, "mcp.task_store", more.error());
}

void TaskRuns::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  for (const auto& run : all()) run->end("The host was stopped");
  store_all();  // what cannot be stored now ends with its lease
}

std::size_t TaskRuns::count() const {
  const std::lock_guard lock(mutex_);
  return runs_.size();
}

TaskRuns::Runs TaskRuns::all() const {
  const std::lock_guard lock(mutex_);
  Runs runs;
  runs.reserve(runs_.size());
  for (const auto& [id, run] : runs_) runs.push_back(run);
  return runs;
}

std::shared_ptr<TaskRun> TaskRuns::find(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const auto at = runs_.find(std::string(id));
  return at != runs_.end() ? at->second : nullptr;
}

bool TaskRuns::store(const std::shared_ptr<TaskRun>& run) {
  const Result<bool> over = run->store(records_, clock_.now());
  if (!over.ok()) {
    log_.failure(LogLevel::kWarn, "mcp.task_store", over.error());
    return false;
  }
  if (*over) remove(*run);
  return true;
}

// Without a database each attempt takes seconds: one is enough.
void TaskRuns::store_all() {
  for (const auto& run : all()) {
    if (!store(run)) return;
  }
}

void TaskRuns::check(const std::shared_ptr<TaskRun>& run) {
  const Result<> checked = run->check(records_);
  if (!checked.ok()) log_.failure(LogLevel::kWarn, "mcp.task_store", checked.error());
}

void TaskRuns::remove(const TaskRun& run) {
  const std::string id = run.task().id;
  const std::lock_guard lock(mutex_);
  const auto at = runs_.find(id);
  if (at != runs_.end() && at->second.get() == &run) runs_.erase(at);
}

void TaskRuns::renew() {
  const Runs runs = all();
  TaskStore::Held held;
  for (const auto& run : runs) {
    const Task task = run->task();
    held.emplace_back(task.id, task.version);
  }
  if (held.empty()) return;
  Result<std::vector<std::string>> renewed = records_.renew(held);
  if (!renewed.ok()) return log_.failure(LogLevel::kWarn, "mcp.task_store", renewed.error());
  std::sort(renewed->begin(), renewed->end());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    // Asked once more, by itself: it may just have been stored anew.
    if (!std::binary_search(renewed->begin(), renewed->end(), held[i].first)) check(runs[i]);
  }
}

}  // namespace mcph::mcp
