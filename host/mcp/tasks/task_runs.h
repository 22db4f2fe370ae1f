// The tasks this host works on: keeps their leases and stores what their calls report. Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/executor.h"
#include "mcp/tasks/task_records.h"
#include "mcp/tasks/task_run.h"

namespace mcph::mcp {

class TaskRuns {
 public:
  TaskRuns(TaskRecords& records, Executor& executor, const Clock& clock, const Log& log)
      : records_(records), executor_(executor), clock_(clock), log_(log) {}

  // False: nothing more can be begun here. To be asked before a task is stored as being worked on.
  bool has_room() const;
  // `task` was stored a moment ago, with the lease.
  std::shared_ptr<TaskRun> begin(Task task, GrantId grant);

  // The outcome has come; it is stored soon.
  void note_ended(const std::shared_ptr<TaskRun>& run);
  // Somebody changed the task: if that was not this host, its call is stopped.
  void note_changed(std::string_view id);
  // The task is not ours to work on any more.
  void abandon(std::string_view id);
  void end_if(const std::function<bool(const TaskRun& run)>& condition, const std::string& why);

  // Blocking; to be called every limits::kTaskTick, by one thread: stores progress, what could not
  // be stored before, and renews leases.
  void tend();
  // Blocking. The host stops: what is under way fails, truthfully.
  void stop();

  std::size_t count() const;

 private:
  using Runs = std::vector<std::shared_ptr<TaskRun>>;
  Runs all() const;
  std::shared_ptr<TaskRun> find(std::string_view id) const;
  // False when the store cannot be asked.
  bool store(const std::shared_ptr<TaskRun>& run);
  void store_all();
  void check(const std::shared_ptr<TaskRun>& run);
  void remove(const TaskRun& run);
  void renew();

  TaskRecords& records_;
  Executor& executor_;
  const Clock& clock_;
  const Log& log_;
  SteadyTime renewed_{};  // of the thread that tends
  mutable std::mutex mutex_;
  bool stopping_ = false;
  std::unordered_map<std::string, std::shared_ptr<TaskRun>> runs_;  // by the task's id
};

}  // namespace mcph::mcp
