// A task's call while it is under way on this host: where the plugin reports to after the client
// has got its answer. What it reports is stored from another thread (see TaskRuns); once the task
// is at its end, by whoever's hand, nothing more of it is. Thread-safe.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "mcp/catalog.h"
#include "mcp/tasks/task.h"
#include "mcp/tasks/task_records.h"

namespace mcph::mcp {

class TaskRuns;

class TaskRun final : public CallObserver, public std::enable_shared_from_this<TaskRun> {
 public:
  // `task` as it is stored. The runs outlive every run.
  TaskRun(TaskRuns& runs, Task task, GrantId grant)
      : runs_(runs), grant_(std::move(grant)), task_(std::move(task)) {}

  // CallObserver
  void progress(double done, double total, std::string_view message) override;
  void log(LogLevel, std::string_view, std::string_view) override {}  // no stream to put it on
  void release_stream() override {}
  bool become_task() override { return true; }
  void finished(Outcome outcome) override;

  // The call, once it is known.
  void follow(std::shared_ptr<RunningCall> call);

  Task task() const;
  const GrantId& grant() const noexcept { return grant_; }

  // The task goes on without the call: that is asked to stop, and what comes of it is dropped.
  void abandon();
  // As abandon(), but the task is to be stored as failed.
  void end(std::string why);

  // Blocking. Stores what was reported since. True when the run is over.
  Result<bool> store(TaskRecords& records, UnixTime now);
  // Blocking. Renews the lease; abandons the run when the task is another by now.
  Result<> check(TaskRecords& records);

 private:
  enum class State { kRunning, kEnded, kOver };  // ended: the outcome is still to be stored
  std::shared_ptr<RunningCall> stop(State next, Outcome outcome);
  std::optional<Task> make_next(UnixTime now) const;  // mutex_ held

  TaskRuns& runs_;
  const GrantId grant_;
  std::mutex storing_;  // held while the task is written, and before mutex_
  mutable std::mutex mutex_;
  Task task_;  // as stored
  State state_ = State::kRunning;
  Outcome outcome_;
  std::string message_;  // not stored yet
  std::shared_ptr<RunningCall> call_;
};

}  // namespace mcph::mcp
