// From a tool's outcome to the client's answer: the observer of one call. Progress goes out as
// notifications, the outcome as the result or error the protocol revision wants, and a cancelled
// call says nothing more. Thread-safe.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "mcp/catalog.h"
#include "mcp/legacy/calls_in_flight.h"
#include "mcp/methods.h"
#include "mcp/progress.h"
#include "mcp/reply.h"

namespace mcph::mcp {

class ToolCallReply final : public CallObserver,
                            public Cancellable,
                            public std::enable_shared_from_this<ToolCallReply> {
 public:
  ToolCallReply(const Services& services, const RequestContext& context, std::string tool);
  ~ToolCallReply() override;

  // CallObserver
  void progress(double done, double total, std::string_view message) override;
  void log(LogLevel, std::string_view, std::string_view) override {}
  void release_stream() override {}
  bool become_task() override { return false; }
  void finished(Outcome outcome) override;

  // The call did not finish at once: from now on it can be cancelled.
  void follow(std::shared_ptr<RunningCall> call);
  void cancel() override;

 private:
  bool ended() const;
  void answer(Outcome outcome);
  void send_result(Outcome outcome);

  const Services& services_;
  const JsonToken id_;
  const std::string tool_;
  const Version version_;
  const OpenSessionPtr session_;
  const ReplyPtr reply_;
  const SteadyTime started_;
  Progress progress_;
  mutable std::mutex mutex_;
  std::shared_ptr<RunningCall> call_;  // while it can be cancelled
  bool ended_ = false;                 // finished or cancelled
};

}  // namespace mcph::mcp
