// How a task changes: from one version to the next, never back from its end. Each function returns
// the next version of a task that is not at its end. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "mcp/catalog.h"
#include "mcp/rejection.h"
#include "mcp/tasks/task.h"

namespace mcph::mcp {

Task complete(Task task, std::string result, UnixTime now);
// A JSON-RPC error: what tools/call would have been refused with.
Task fail(Task task, const Rejection& error, UnixTime now);
Task cancel(Task task, UnixTime now);
Task note_progress(Task task, std::string message, UnixTime now);

// The plugin wants to know something. Keys it used before are replaced by new ones, for a client
// must never take a question for one that it has answered (SEP-2663). A task that asks for what it
// must not fails.
Task ask(Task task, Outcome outcome, UnixTime now);

// Takes the answers to questions that are outstanding and leaves out all others. When none is
// outstanding any more, the task is working again. Nothing when it is as before.
std::optional<Task> answer(const Task& task, const json::object& responses, UnixTime now);
// The answers of the round, under the plugin's own names: a JSON object.
std::string make_input_responses(const Task& task);

}  // namespace mcph::mcp
