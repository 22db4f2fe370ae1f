// From what a plugin reports to what the client gets: the observer of one call, whatever it is
// about. Progress and log messages go out as notifications, the outcome as the result or error the
// protocol revision wants, and a cancelled call says nothing more.
//
// A plugin that asks for input is called again with the answers. A modern client gets the question
// as its result and comes back with another request; a legacy one is asked on the stream of this
// one, and the same CallReply observes the next round.
//
// A call that becomes a task is over as far as its request goes: the rest of it is the task's.
//
// Thread-safe.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "mcp/catalog.h"
#include "mcp/legacy/calls_in_flight.h"
#include "mcp/methods.h"
#include "mcp/permits.h"
#include "mcp/progress.h"
#include "mcp/reply.h"
#include "mcp/tasks/task_run.h"

namespace mcph::mcp {

class CallReply final : public CallObserver,
                        public Cancellable,
                        public std::enable_shared_from_this<CallReply> {
 public:
  // Of `call`, which is about to be made for that request.
  CallReply(const Services& services, const RequestContext& context, const Call& call);
  ~CallReply() override;

  // CallObserver
  void progress(double done, double total, std::string_view message) override;
  void log(LogLevel level, std::string_view message, std::string_view fields_json) override;
  void release_stream() override;
  bool become_task() override;
  void finished(Outcome outcome) override;

  // The call that was made: from now on it can be cancelled.
  void follow(std::shared_ptr<RunningCall> call) { follow(std::move(call), 0); }
  void cancel() override;

 private:
  void follow(std::shared_ptr<RunningCall> call, std::uint32_t round);
  bool ended() const;
  std::shared_ptr<TaskRun> task() const;
  // False when the client has left meanwhile.
  bool hand_over(const std::shared_ptr<TaskRun>& task);
  void note(const Outcome& outcome) const;
  void audit(const Outcome& outcome, std::chrono::microseconds took) const;
  void answer(Outcome&& outcome);
  // Of a plugin that asks; both may refuse.
  void send_questions(const Outcome& outcome);
  void ask(Outcome&& outcome);
  void go_on(Outcome&& question, Result<std::string> answers);
  // The client cannot be asked: an answer that says so.
  void give_up(std::string_view why);

  const Services& services_;
  const JsonToken id_;
  const Action action_;
  const std::string name_;
  const CallerPtr caller_;
  const Version version_;
  const std::uint16_t capabilities_;  // of the client
  const OpenSessionPtr session_;
  const std::optional<Severity> log_level_;  // of a modern request
  const ReplyPtr reply_;
  const bool may_become_task_;
  const SteadyTime started_;
  Progress progress_;
  Permits log_permits_;
  std::uint32_t attempt_;  // of the plugin's rounds, over all requests; never read by two at once
  mutable std::mutex mutex_;
  std::shared_ptr<RunningCall> call_;  // while it can be cancelled
  std::uint32_t round_ = 0;            // of this observer: how many calls have finished
  bool followed_ = false;
  bool asking_ = false;
  bool ended_ = false;             // finished, cancelled or a task
  std::shared_ptr<TaskRun> task_;  // what the call has become
};

}  // namespace mcph::mcp
