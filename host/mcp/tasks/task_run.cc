#include "mcp/tasks/task_run.h"

#include <cmath>
#include <utility>

#include "base/encoding.h"
#include "mcp/tasks/limits.h"
#include "mcp/tasks/task_changes.h"
#include "mcp/tasks/task_outcome.h"
#include "mcp/tasks/task_runs.h"

namespace mcph::mcp {
namespace {

Outcome make_failure(std::string why) {
  Outcome outcome;
  outcome.kind = Outcome::Kind::kFailed;
  outcome.text = std::move(why);
  return outcome;
}

// Tasks have one line about their progress, so numbers become words.
std::string make_message(double done, double total, std::string_view message) {
  if (!message.empty() && message.size() <= limits::kTaskMessageBytesMax && is_utf8(message)) {
    return std::string(message);
  }
  if (!std::isfinite(done) || !std::isfinite(total) || total <= 0) return {};
  const double percent = std::floor(std::min(std::max(done / total, 0.0), 1.0) * 100);
  return std::to_string(static_cast<int>(percent)) + " %";
}

}  // namespace

void TaskRun::progress(double done, double total, std::string_view message) {
  std::string text = make_message(done, total, message);
  const std::lock_guard lock(mutex_);
  if (state_ == State::kRunning && !text.empty()) message_ = std::move(text);
}

void TaskRun::finished(Outcome outcome) {
  {
    const std::lock_guard lock(mutex_);
    call_.reset();
    if (state_ != State::kRunning) return;
    state_ = State::kEnded;
    outcome_ = std::move(outcome);
  }
  runs_.note_ended(shared_from_this());
}

void TaskRun::follow(std::shared_ptr<RunningCall> call) {
  if (call == nullptr) return;
  {
    const std::lock_guard lock(mutex_);
    if (state_ == State::kRunning) {
      call_ = std::move(call);
      return;
    }
  }
  call->cancel();  // harmless when it has finished by itself
}

Task TaskRun::task() const {
  const std::lock_guard lock(mutex_);
  return task_;
}

std::shared_ptr<RunningCall> TaskRun::stop(State next, Outcome outcome) {
  const std::lock_guard lock(mutex_);
  if (next == State::kEnded && state_ != State::kRunning) return nullptr;
  state_ = next;
  outcome_ = std::move(outcome);
  return std::exchange(call_, nullptr);
}

void TaskRun::abandon() {
  if (const auto call = stop(State::kOver, {})) call->cancel();
}

void TaskRun::end(std::string why) {
  if (const auto call = stop(State::kEnded, make_failure(std::move(why)))) call->cancel();
}

std::optional<Task> TaskRun::make_next(UnixTime now) const {
  if (state_ == State::kEnded) return finish(task_, outcome_, now);
  if (message_.empty() || message_ == task_.message) return std::nullopt;
  return note_progress(task_, message_, now);
}

Result<bool> TaskRun::store(TaskRecords& records, UnixTime now) {
  const std::lock_guard storing(storing_);
  std::optional<Task> next;
  State stored = State::kRunning;
  {
    const std::lock_guard lock(mutex_);
    // What could not be stored while it was of use is of none any more.
    if (state_ == State::kOver || now >= task_.expires_at) return true;
    stored = state_;
    next = make_next(now);
  }
  if (!next.has_value()) return false;
  if (!TRY(records.replace(*next))) {
    abandon();
    return true;
  }
  const std::lock_guard lock(mutex_);
  task_ = *std::move(next);
  if (stored == State::kEnded) state_ = State::kOver;
  return state_ == State::kOver;
}

Result<> TaskRun::check(TaskRecords& records) {
  const std::lock_guard storing(storing_);
  TaskStore::Held held;
  {
    const std::lock_guard lock(mutex_);
    if (state_ == State::kOver) return Ok{};
    held.emplace_back(task_.id, task_.version);
  }
  const auto renewed = TRY(records.renew(held));
  if (renewed.empty()) abandon();
  return Ok{};
}

}  // namespace mcph::mcp
