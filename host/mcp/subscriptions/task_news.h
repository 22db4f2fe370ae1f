// Brings the changes of tasks to the subscriptions of this host that name them (MCP 2026-07-28,
// extension io.modelcontextprotocol/tasks: notifications/tasks). A change is only heard of by its
// id; the task itself is read on the executor, in the name of the one who listens.
//
// Thread-safe. Must outlive what it submits to the executor.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/caller.h"
#include "base/executor.h"
#include "mcp/subscriptions/listen_stream.h"
#include "mcp/tasks/tasks.h"
#include "observability/log.h"

namespace mcph::mcp {

class TaskNews {
 public:
  TaskNews(Tasks& tasks, Executor& executor, const Log& log)
      : tasks_(tasks), executor_(executor), log_(log) {}

  // Blocking. Keeps the ids of tasks of that caller; the others are left out, whyever they cannot
  // be read. A rejection when nobody can tell now.
  std::optional<Rejection> honour(std::vector<std::string>& ids, const Caller& caller) const;

  // `make` acknowledges the subscription. It is called under the lock, so that no change falls
  // between the acknowledgement and the first news.
  using MakeStream = std::function<std::shared_ptr<ListenStream>()>;
  std::shared_ptr<ListenStream> follow(const std::vector<std::string>& ids, const CallerPtr& caller,
                                       const MakeStream& make);

  void note_changed(std::string_view id);
  // Changes may have been missed: says how every followed task stands.
  void catch_up();

 private:
  struct Follower {
    CallerPtr caller;
    std::weak_ptr<ListenStream> stream;  // gone with its connection
  };
  void tell(const std::string& id);
  void tell_all();
  void sweep();  // mutex_ held

  Tasks& tasks_;
  Executor& executor_;
  const Log& log_;
  mutable std::mutex mutex_;
  std::unordered_multimap<std::string, Follower> followers_;
  std::size_t sweep_at_ = 0;  // so many followers are looked through for those that are gone
};

}  // namespace mcph::mcp
