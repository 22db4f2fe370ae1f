// What of a task the database must not read (everything a tool was given, asked or answered) as
// sealed text, and back. Bound to the task, its owner, its version and its status: a row that was
// put together from others does not open. Thread-safe.
#pragma once

#include <optional>
#include <string>

#include "crypto/sealer.h"
#include "mcp/tasks/task.h"

namespace mcph::mcp {

class TaskSealing {
 public:
  TaskSealing(const crypto::KeySource& keys, Random& random) : sealer_(keys, "mcp.task", random) {}

  StoredTask seal(const Task& task) const;
  // Nothing when it was not sealed by this installation, or with a key it no longer has.
  std::optional<Task> open(const StoredTask& stored) const;

 private:
  crypto::Sealer sealer_;
};

}  // namespace mcph::mcp
