// One call of one handler, from its first byte to its last. The client is answered exactly once;
// the plugin may need longer, and then the memory it was given lives as long as it does.
//
// Thread-safe. `mutex_` guards the state, `observer_mutex_` keeps reports to the observer apart;
// the plugin's own code runs under neither.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "mcp/catalog.h"
#include "mcph/abi.h"
#include "net/http_client.h"
#include "plugins/call_sink.h"
#include "plugins/deadline_watch.h"
#include "plugins/instance.h"
#include "plugins/spans.h"

namespace mcph::plugins {

struct CallInput {
  std::string arguments;  // JSON, checked
  mcp::Call call;         // its `arguments` are empty
};

class PluginCall final : public mcp::RunningCall, public std::enable_shared_from_this<PluginCall> {
 public:
  // `handler` is of the instance's descriptor; so is `output`, the tool's output schema or null.
  PluginCall(std::shared_ptr<Instance> instance, const Handler& handler,
             const schema::Schema* output, CallInput input,
             std::shared_ptr<mcp::CallObserver> observer);
  ~PluginCall() override;

  // Runs the handler here if it never blocks and nothing has to be fetched first; else on the
  // executor.
  void start();
  void cancel() override;

  static PluginCall* of(const mcph_call* call) noexcept {
    return call != nullptr ? static_cast<PluginCall*>(call->host_data) : nullptr;
  }
  // For the HTTP extension: requests under way are given up with the call.
  Instance& instance() noexcept { return *instance_; }
  const Handler& handler() const noexcept { return handler_; }
  const mcp::Call& input() const noexcept { return input_.call; }
  SteadyTime deadline() const;  // a task's is later
  bool cancelled() const noexcept { return cancelled_.load(std::memory_order_relaxed); }
  UpstreamTokenPtr token() const;
  void set_token(UpstreamTokenPtr token);  // a refreshed one
  void follow(const std::shared_ptr<net::RunningRequest>& request);
  // For the trace extension; made when it is first asked for.
  Spans& spans();
  // What its requests carry; nothing when the client does not trace it.
  std::optional<TraceContext> current_trace() const;
  // For the call extension.
  mcph_status become_task();
  mcph_status release_stream();

 private:
  friend struct CallFunctions;  // the functions in mcph_call
  enum class Phase { kWaiting, kRunning, kPending, kEnded };

  void enter_bulkhead();
  void run();      // [executor] get the token, then attempt()
  void attempt();  // call the handler
  bool begin_running();
  bool dropped() const;
  void after_handler(mcph_status status);
  void conclude(mcph_status status);  // the plugin is done with this attempt
  bool wants_retry(mcph_status status) const;
  void retry();
  void expire();
  // Answers the client, the first time. Then, once nothing of the plugin runs: end().
  void deliver(mcp::Outcome outcome);
  void end();
  void end_with(mcp::Outcome outcome);
  void call_cancel_hook();
  void give_up_requests();
  void complete();
  bool move_deadline(SteadyTime deadline);

  const std::shared_ptr<Instance> instance_;
  const Handler& handler_;
  const schema::Schema* const output_;
  CallInput input_;
  mcph_call view_{};
  std::string user_;
  std::string token_text_;  // what upstream_token shows; zeroed when the call ends
  std::atomic<bool> cancelled_{false};
  std::atomic<bool> answered_{false};

  mutable std::mutex mutex_;
  Phase phase_ = Phase::kWaiting;
  CallSink sink_;
  SteadyTime deadline_;
  UpstreamTokenPtr token_;
  bool token_refreshed_ = false;
  bool completed_ = false;
  bool was_pending_ = false;
  bool retried_ = false;
  bool dropped_ = false;    // answered before its handler was called: it never will be
  bool abandoned_ = false;  // answered while its handler was at work
  bool runs_inline_ = false;
  bool in_bulkhead_ = false;
  std::shared_ptr<PluginCall> self_;  // while PENDING: only the plugin knows of the call then
  std::optional<DeadlineWatch::Ticket> ticket_;
  std::vector<std::weak_ptr<net::RunningRequest>> requests_;
  std::unique_ptr<Spans> spans_;

  std::mutex observer_mutex_;
  std::shared_ptr<mcp::CallObserver> observer_;  // null once answered
};

// The functions a plugin may call, in a mcph_call whose host_data is a PluginCall.
void fill_functions(mcph_call& call) noexcept;

}  // namespace mcph::plugins
