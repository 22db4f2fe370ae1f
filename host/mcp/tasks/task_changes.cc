#include "mcp/tasks/task_changes.h"

#include <algorithm>
#include <utility>

#include "mcp/client_capabilities.h"
#include "mcp/input_requests.h"
#include "mcp/jsonrpc.h"
#include "mcp/limits.h"

namespace mcph::mcp {
namespace {

Task make_next(Task task, TaskStatus status, std::string message, UnixTime now) {
  task.status = status;
  task.message = std::move(message);
  task.updated_at = now;
  ++task.version;
  return task;
}

// What only a call under way or to come has a use for.
Task make_last(Task task, TaskStatus status, std::string message, UnixTime now) {
  task.arguments.clear();
  task.meta.clear();
  task.state.clear();
  task.questions.clear();
  task.used_keys.clear();
  return make_next(std::move(task), status, std::move(message), now);
}

std::string make_unused_key(const std::vector<std::string>& used, std::string_view wanted) {
  std::string key(wanted);
  for (std::size_t number = 2; std::find(used.begin(), used.end(), key) != used.end(); ++number) {
    key = std::string(wanted) + '-' + std::to_string(number);
  }
  return key;
}

std::optional<Rejection> check_questions(const Task& task, std::string_view requests) {
  const auto needed = find_needed_capabilities(requests);
  if (!needed.has_value()) {
    return rejections::internal_error("The plugin asked for something that does not exist");
  }
  // Of the client as it was when it called the tool: what it says later is about other requests.
  if ((*needed & ~task.capabilities) != 0) {
    return rejections::missing_capabilities(make_capabilities(*needed));
  }
  if (task.attempt >= limits::kInputRoundsMax) {
    return rejections::internal_error("The plugin asked too often");
  }
  return std::nullopt;
}

}  // namespace

Task complete(Task task, std::string result, UnixTime now) {
  task.result = std::move(result);
  return make_last(std::move(task), TaskStatus::kCompleted, {}, now);
}

Task fail(Task task, const Rejection& error, UnixTime now) {
  task.error.clear();
  append_error_object(task.error, error);
  return make_last(std::move(task), TaskStatus::kFailed, error.message, now);
}

Task cancel(Task task, UnixTime now) {
  return make_last(std::move(task), TaskStatus::kCancelled, "Cancelled by the client", now);
}

Task note_progress(Task task, std::string message, UnixTime now) {
  return make_next(std::move(task), task.status, std::move(message), now);
}

Task ask(Task task, Outcome outcome, UnixTime now) {
  if (const auto refused = check_questions(task, outcome.input_requests)) {
    return fail(std::move(task), *refused, now);
  }
  const json::value requests = *parse_json(outcome.input_requests);
  task.questions.clear();
  for (const auto& [name, request] : requests.get_object()) {
    std::string key = make_unused_key(task.used_keys, name);
    task.used_keys.push_back(key);
    task.questions.push_back({std::move(key), std::string(name), to_json(request), {}});
  }
  task.arguments = std::move(outcome.arguments);
  task.meta = std::move(outcome.meta);
  task.state = std::move(outcome.state);
  return make_next(std::move(task), TaskStatus::kInputRequired, {}, now);
}

std::optional<Task> answer(const Task& task, const json::object& responses, UnixTime now) {
  if (task.status != TaskStatus::kInputRequired) return std::nullopt;
  Task next = task;
  bool changed = false;
  bool outstanding = false;
  for (TaskQuestion& question : next.questions) {
    if (!question.answer.empty()) continue;
    const json::value* response = find(responses, question.key);
    if (response != nullptr && !is_answer(*response)) response = nullptr;
    if (response != nullptr) question.answer = to_json(*response);
    changed = changed || response != nullptr;
    outstanding = outstanding || response == nullptr;
  }
  if (!changed) return std::nullopt;
  return make_next(std::move(next), outstanding ? task.status : TaskStatus::kWorking, {}, now);
}

std::string make_input_responses(const Task& task) {
  std::string out = "{";
  for (const TaskQuestion& question : task.questions) {
    if (out.size() > 1) out += ',';
    append_json_string(out, question.asked_as);
    out += ':';
    out += question.answer;
  }
  out += '}';
  return out;
}

}  // namespace mcph::mcp
