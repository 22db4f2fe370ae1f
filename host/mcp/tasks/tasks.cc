#include "mcp/tasks/tasks.h"

#include <algorithm>
#include <utility>

#include "base/encoding.h"
#include "mcp/tasks/task_changes.h"

namespace mcph::mcp {
namespace {

Rejection unknown_task() {
  return rejections::invalid_params("Unknown task");
}

}  // namespace

Tasks::Tasks(const TaskOptions& options, const TaskParts& parts)
    : options_(options),
      catalog_(parts.catalog),
      challenges_(parts.challenges),
      clock_(parts.clock),
      random_(parts.random),
      log_(parts.log),
      records_(parts.store, TaskSealing(parts.key_ring, parts.random), parts.clock, parts.log),
      runs_(records_, parts.executor, parts.clock, parts.log) {}

Result<std::shared_ptr<TaskRun>> Tasks::start(const TaskCall& call) {
  if (!runs_.has_room()) return Error{Code::kLimit, "Too many tasks", "of this host"};
  const UnixTime now = clock_.now();
  Task task{.id = to_base64url(random_.bytes(limits::kTaskIdRandomBytes)),
            .principal = call.caller->principal,
            .client = call.caller->client,
            .created_at = now,
            .updated_at = now,
            .expires_at = now + options_.ttl,
            .tool = call.tool,
            .scopes = call.scopes,
            .capabilities = call.capabilities,
            .attempt = call.attempt};
  TRY(records_.create(task));
  log_.debug("mcp.task_started", {{"task", task.id}, {"tool", task.tool}});
  return runs_.begin(std::move(task), call.caller->grant);
}

// Some of a task's life is left for its result to be fetched.
SteadyTime Tasks::deadline_of(UnixTime expires_at) const {
  const Seconds left = std::max(expires_at - clock_.now(), Seconds{0});
  return clock_.steady() + left - std::min(left / 2, limits::kTaskResultTime);
}

// Who may use a tool no longer does not get its results either.
std::optional<Rejection> Tasks::check_scopes(const Task& task, const Caller& caller) const {
  for (const std::string& scope : task.scopes) {
    if (caller.has_scope(scope)) continue;
    return rejections::insufficient_scope(
        challenges_.insufficient_scope(scopes_to_ask_for(caller, task.scopes)));
  }
  return std::nullopt;
}

std::variant<Task, Rejection> Tasks::get(const std::string& id, const Caller& caller) {
  Result<std::optional<Task>> task = records_.load(id, caller);
  if (!task.ok()) {
    log_.failure(LogLevel::kWarn, "mcp.task_store", task.error());
    return rejections::unavailable("The task cannot be read now");
  }
  if (!task->has_value()) return unknown_task();
  if (const auto refused = check_scopes(**task, caller)) return *refused;
  return **std::move(task);
}

// Between reading and writing others may change the task: then it is read again.
std::optional<Rejection> Tasks::change(const std::string& id, const Caller& caller,
                                       const Change& make_next,
                                       const std::function<void(const Task& next)>& done) {
  for (int tries = 0; tries < limits::kTaskChangeTriesMax; ++tries) {
    std::variant<Task, Rejection> found = get(id, caller);
    if (auto* refused = std::get_if<Rejection>(&found)) return std::move(*refused);
    auto next = make_next(std::get<Task>(found));
    if (auto* refused = std::get_if<Rejection>(&next)) return std::move(*refused);
    const Task* task = std::get_if<Task>(&next);
    if (task == nullptr) return std::nullopt;
    const Result<bool> replaced = records_.replace(*task);
    if (!replaced.ok()) {
      log_.failure(LogLevel::kWarn, "mcp.task_store", replaced.error());
      return rejections::unavailable("The task cannot be changed now");
    }
    if (*replaced) {
      done(*task);
      return std::nullopt;
    }
  }
  return rejections::unavailable("The task is changing too fast");
}

std::optional<Rejection> Tasks::update(const std::string& id, const CallerPtr& caller,
                                       const json::object& responses) {
  const Change make_next = [&](const Task& task) -> std::variant<std::monostate, Task, Rejection> {
    std::optional<Task> next = answer(task, responses, clock_.now());
    if (!next.has_value()) return std::monostate{};
    if (next->status == TaskStatus::kWorking) {
      if (!runs_.has_room()) return rejections::unavailable("Too many tasks");
      ++next->attempt;
    }
    return *std::move(next);
  };
  return change(id, *caller, make_next, [&](const Task& next) {
    if (next.status == TaskStatus::kWorking) go_on(next, caller);
  });
}

// The client's latest token is the one to go on with: the first may have expired since.
void Tasks::go_on(const Task& task, const CallerPtr& caller) {
  const SteadyTime deadline = deadline_of(task.expires_at);
  Call call{.action = Action::kCallTool,
            .name = task.tool,
            .caller = caller,
            .deadline = deadline,
            .meta = task.meta,
            .attempt = task.attempt,
            .input_responses = make_input_responses(task),
            .state = task.state,
            .may_become_task = true,
            .task_deadline = deadline};
  Result<json::value> arguments = parse_json(task.arguments.empty() ? "{}" : task.arguments);
  if (arguments.ok() && arguments->is_object()) call.arguments = std::move(arguments->get_object());
  const std::shared_ptr<TaskRun> run = runs_.begin(task, caller->grant);
  run->follow(catalog_.call(std::move(call), run));
}

std::optional<Rejection> Tasks::cancel(const std::string& id, const Caller& caller) {
  const Change make_next = [&](const Task& task) -> std::variant<std::monostate, Task, Rejection> {
    if (is_terminal(task.status)) return std::monostate{};
    return mcp::cancel(task, clock_.now());
  };
  // If its call is on another host, that one is told by the database.
  return change(id, caller, make_next, [&](const Task&) { runs_.abandon(id); });
}

void Tasks::note_grant_revoked(const GrantId& grant) {
  runs_.end_if([&](const TaskRun& run) { return run.grant() == grant; },
               "The user's grant was revoked");
}

}  // namespace mcph::mcp
