#include "mcp/subscriptions/task_news.h"

#include <utility>
#include <variant>

#include "mcp/limits.h"

namespace mcph::mcp {
namespace {

constexpr int kStoreFailed = 503;  // how Tasks says that it does not know now

}  // namespace

std::optional<Rejection> TaskNews::honour(std::vector<std::string>& ids,
                                          const Caller& caller) const {
  std::vector<std::string> own;
  for (std::string& id : ids) {
    const std::variant<Task, Rejection> found = tasks_.get(id, caller);
    const auto* refused = std::get_if<Rejection>(&found);
    if (refused == nullptr) {
      own.push_back(std::move(id));
    } else if (refused->status == kStoreFailed) {
      return *refused;
    }
  }
  ids = std::move(own);
  return std::nullopt;
}

std::shared_ptr<ListenStream> TaskNews::follow(const std::vector<std::string>& ids,
                                               const CallerPtr& caller, const MakeStream& make) {
  if (ids.empty()) return make();
  const std::lock_guard lock(mutex_);
  if (followers_.size() >= sweep_at_) sweep();
  const std::shared_ptr<ListenStream> stream = make();
  for (const std::string& id : ids) followers_.emplace(id, Follower{caller, stream});
  return stream;
}

// Each sweep is paid for by as many additions as it looks at.
void TaskNews::sweep() {
  std::erase_if(followers_, [](const auto& entry) { return entry.second.stream.expired(); });
  sweep_at_ = 2 * followers_.size() + limits::kTasksPerStreamMax;
}

void TaskNews::note_changed(std::string_view id) {
  std::string task(id);
  {
    const std::lock_guard lock(mutex_);
    if (!followers_.contains(task)) return;
  }
  const bool taken = executor_.submit([this, task] { tell(task); });
  // The client's next look at the task finds it.
  if (!taken) log_.warn("mcp.task_not_told", {{"task", task}});
}

void TaskNews::catch_up() {
  {
    const std::lock_guard lock(mutex_);
    if (followers_.empty()) return;
  }
  if (!executor_.submit([this] { tell_all(); })) log_.warn("mcp.tasks_not_told");
}

void TaskNews::tell_all() {
  std::vector<std::string> ids;
  {
    const std::lock_guard lock(mutex_);
    sweep();
    for (auto at = followers_.begin(); at != followers_.end();) {
      ids.push_back(at->first);
      at = followers_.equal_range(at->first).second;
    }
  }
  for (const std::string& id : ids) tell(id);
}

void TaskNews::tell(const std::string& id) {
  std::vector<std::pair<CallerPtr, std::shared_ptr<ListenStream>>> listening;
  {
    const std::lock_guard lock(mutex_);
    const auto [first, last] = followers_.equal_range(id);
    for (auto at = first; at != last; ++at) {
      std::shared_ptr<ListenStream> stream = at->second.stream.lock();
      if (stream != nullptr) listening.emplace_back(at->second.caller, std::move(stream));
    }
  }
  for (const auto& [caller, stream] : listening) {
    const std::variant<Task, Rejection> found = tasks_.get(id, *caller);
    const Task* task = std::get_if<Task>(&found);
    if (task != nullptr) stream->hear_task(*task, tasks_.poll_interval());
  }
}

}  // namespace mcph::mcp
