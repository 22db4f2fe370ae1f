// The tasks of the installation, opened: what the store has, with its seal broken. Blocking,
// thread-safe.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "mcp/tasks/task.h"
#include "mcp/tasks/task_sealing.h"
#include "mcp/tasks/task_store.h"
#include "observability/log.h"

namespace mcph::mcp {

class TaskRecords {
 public:
  TaskRecords(TaskStore& store, TaskSealing sealing, const Clock& clock, const Log& log)
      : store_(store), sealing_(std::move(sealing)), clock_(clock), log_(log) {}

  // kLimit when the person has too many.
  Result<> create(const Task& task);
  // Nothing when unknown, expired or somebody else's: the three must look the same. A task whose
  // host has gone is ended first.
  Result<std::optional<Task>> load(const std::string& id, const Caller& caller);
  // False when it is another by now.
  Result<bool> replace(const Task& next);
  Result<std::vector<std::string>> renew(const TaskStore::Held& held);
  // Ends the tasks whose host has gone. True when there may be more.
  Result<bool> end_abandoned();

 private:
  // False when it was not abandoned after all.
  Result<bool> end_abandoned(const StoredTask& stored);

  TaskStore& store_;
  const TaskSealing sealing_;
  const Clock& clock_;
  const Log& log_;
};

}  // namespace mcph::mcp
