// Tasks as a client and a tool see them, on any host: a tool's call becomes a task, clients look
// after it, answer its questions, cancel it. Where a task waits for its client, no host works on
// it: the one that gets the last answer goes on.
//
// Thread-safe. What is marked as blocking asks the store.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/executor.h"
#include "base/json.h"
#include "crypto/sealer.h"
#include "mcp/catalog.h"
#include "mcp/challenges.h"
#include "mcp/rejection.h"
#include "mcp/tasks/limits.h"
#include "mcp/tasks/task_records.h"
#include "mcp/tasks/task_runs.h"

namespace mcph::mcp {

struct TaskOptions {
  Seconds ttl = limits::kTaskTtl;  // from its creation to its removal
  Milliseconds poll_interval = limits::kTaskPollInterval;
};

// All of it must outlive the tasks.
struct TaskParts {
  Catalog& catalog;
  TaskStore& store;
  const Challenges& challenges;
  const crypto::KeySource& key_ring;
  Executor& executor;
  const Clock& clock;
  Random& random;
  const Log& log;
};

// The call that becomes a task.
struct TaskCall {
  CallerPtr caller;
  std::string tool;
  std::vector<std::string> scopes;  // of the tool
  std::uint16_t capabilities = 0;   // ClientCapability bits of the client
  std::uint32_t attempt = 0;
};

class Tasks {
 public:
  Tasks(const TaskOptions& options, const TaskParts& parts);
  Tasks(const Tasks&) = delete;
  Tasks& operator=(const Tasks&) = delete;

  // Blocking. The call is a task now, and any host knows it. From here on the run is the call's
  // observer; it must also follow() the call. An error when there can be no more tasks.
  Result<std::shared_ptr<TaskRun>> start(const TaskCall& call);
  // How long a call that becomes a task now may take.
  SteadyTime deadline() const { return deadline_of(clock_.now() + options_.ttl); }

  // Blocking.
  std::variant<Task, Rejection> get(const std::string& id, const Caller& caller);
  std::optional<Rejection> update(const std::string& id, const CallerPtr& caller,
                                  const json::object& responses);
  std::optional<Rejection> cancel(const std::string& id, const Caller& caller);

  // What the database's notifications say, on every host.
  void note_task_changed(std::string_view id) { runs_.note_changed(id); }
  void note_grant_revoked(const GrantId& grant);

  // Blocking. To be called every limits::kTaskTick, by one thread.
  void tend() { runs_.tend(); }
  // Blocking. The host stops.
  void stop() { runs_.stop(); }

  Milliseconds poll_interval() const noexcept { return options_.poll_interval; }
  std::size_t running() const { return runs_.count(); }

 private:
  // What a task becomes; nothing when it stays as it is.
  using Change = std::function<std::variant<std::monostate, Task, Rejection>(const Task& task)>;
  std::optional<Rejection> change(const std::string& id, const Caller& caller,
                                  const Change& make_next,
                                  const std::function<void(const Task& next)>& done);
  std::optional<Rejection> check_scopes(const Task& task, const Caller& caller) const;
  void go_on(const Task& task, const CallerPtr& caller);
  SteadyTime deadline_of(UnixTime expires_at) const;

  const TaskOptions options_;
  Catalog& catalog_;
  const Challenges& challenges_;
  const Clock& clock_;
  Random& random_;
  const Log& log_;
  TaskRecords records_;
  TaskRuns runs_;
};

}  // namespace mcph::mcp
