// What the call of a tool came to, as the next version of its task (SEP-2663: a result with isError
// completes a task, what would be a JSON-RPC error fails it). Pure.
#pragma once

#include "mcp/catalog.h"
#include "mcp/tasks/task.h"

namespace mcph::mcp {

Task finish(Task task, Outcome outcome, UnixTime now);

}  // namespace mcph::mcp
