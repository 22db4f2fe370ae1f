// How clients see a task (SEP-2663): flat, with its result, error or questions when they read it.
// Pure.
#pragma once

#include <string>

#include "base/time.h"
#include "mcp/tasks/task.h"

namespace mcph::mcp {

// Members without braces: "taskId":…,"status":… and so on. The first form is that of the answer to
// the call that became a task; the second adds what the status brings with it.
void append_task(std::string& out, const Task& task, Milliseconds poll_interval);
void append_detailed_task(std::string& out, const Task& task, Milliseconds poll_interval);

}  // namespace mcph::mcp
