// The tasks of one host, around a catalogue whose tools a test writes down. Two of them on one
// store are two hosts of one installation, and hear of each other's changes.
#pragma once

#include <future>
#include <memory>
#include <string>
#include <variant>

#include "base/assert.h"
#include "crypto/key_ring.h"
#include "mcp/client_capabilities.h"
#include "mcp/tasks/tasks.h"
#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {

class TaskHost {
 public:
  explicit TaskHost(std::shared_ptr<MemoryTaskStore> shared = std::make_shared<MemoryTaskStore>())
      : store(std::move(shared)),
        tasks({}, {catalog, *store, challenges_, ring_, executor_, clock, random_, log_}) {
    store->listen([this](const std::string& id) { tasks.note_task_changed(id); });
  }
  ~TaskHost() {
    executor_.stop();
    ::close(null_fd_);
  }

  // What call_tool() does when the plugin says become_task().
  std::shared_ptr<mcp::TaskRun> start(CallerPtr caller = make_caller()) {
    auto run = tasks.start({std::move(caller), "job", {"todo"}, mcp::kCanElicitForm, 0});
    return run.ok() ? *run : nullptr;
  }
  mcp::Task get(const std::string& id, const CallerPtr& caller = make_caller()) {
    auto found = tasks.get(id, *caller);
    return std::holds_alternative<mcp::Task>(found) ? std::get<mcp::Task>(found) : mcp::Task{};
  }
  // The status of the task on the wire; empty when the caller has no such task.
  std::string status(const std::string& id, const CallerPtr& caller = make_caller()) {
    const mcp::Task task = get(id, caller);
    return task.id.empty() ? std::string() : std::string(to_string(task.status));
  }
  std::optional<mcp::Rejection> update(const std::string& id, const json::value& responses,
                                       const CallerPtr& caller = make_caller()) {
    auto refused = tasks.update(id, caller, responses.as_object());
    settle();
    return refused;
  }
  std::optional<mcp::Rejection> cancel(const std::string& id) {
    auto refused = tasks.cancel(id, *make_caller());
    settle();
    return refused;
  }
  // Waits until all that was submitted has been done.
  void settle() {
    std::promise<void> done;
    ASSERT(executor_.submit([&] { done.set_value(); }));
    done.get_future().wait();
  }
  // Lets the run finish and its outcome be stored.
  void finish(mcp::TaskRun& run, mcp::Outcome outcome) {
    run.finished(std::move(outcome));
    settle();
  }

 private:
  const int null_fd_ = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  FakeRandom random_;
  const FakeChallenges challenges_;
  const crypto::KeyRing ring_ = make_key_ring();
  Executor executor_{"test", 1, 64};

 public:
  FakeClock clock;
  FakeCatalog catalog;
  const std::shared_ptr<MemoryTaskStore> store;

 private:
  const Log log_{clock, null_fd_, LogLevel::kError};

 public:
  mcp::Tasks tasks;
};

// A plugin's question, with what its call was made with.
inline mcp::Outcome make_task_question(std::string requests, std::string state = {}) {
  mcp::Outcome outcome = make_question(std::move(requests), std::move(state));
  outcome.arguments = R"({"file":"a.txt"})";
  outcome.meta = R"({"traceparent":"00"})";
  return outcome;
}

inline constexpr const char* kAsksForName =
    R"({"name":{"method":"elicitation/create","params":{"message":"Name?"}}})";

}  // namespace mcph::test
