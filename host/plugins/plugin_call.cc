#include "plugins/plugin_call.h"

#include <utility>

#include "plugins/borrowed.h"
#include "plugins/user_json.h"

namespace mcph::plugins {

using Kind = mcp::Outcome::Kind;

PluginCall::PluginCall(std::shared_ptr<Instance> instance, const Handler& handler,
                       const schema::Schema* output, CallInput input,
                       std::shared_ptr<mcp::CallObserver> observer)
    : instance_(std::move(instance)),
      handler_(handler),
      output_(output),
      input_(std::move(input)),
      sink_(input_.call.action),
      deadline_(input_.call.deadline),
      observer_(std::move(observer)) {
  instance_->enter();
}

PluginCall::~PluginCall() {
  wipe(token_text_);
}

void PluginCall::start() {
  const bool needs_token = handler_.has(MCPH_NEEDS_UPSTREAM);
  if (needs_token) token_ = instance_->tokens().find_cached(input_.call.caller->grant);
  runs_inline_ = handler_.has(MCPH_NEVER_BLOCKS) && (!needs_token || token_ != nullptr) &&
                 instance_->may_run_inline(handler_);
  if (!runs_inline_) return enter_bulkhead();
  const Clock& clock = instance_->parts().clock;
  const SteadyTime before = clock.steady();
  attempt();
  if (clock.steady() - before > kNeverBlocksMax) instance_->count_slow_run(handler_);
}

void PluginCall::enter_bulkhead() {
  const auto self = shared_from_this();
  {
    const std::lock_guard lock(mutex_);
    ticket_ = instance_->watch().add(deadline_, [self] { self->expire(); });
    in_bulkhead_ = true;
  }
  const auto refuse = [self] {
    {
      const std::lock_guard lock(self->mutex_);
      self->in_bulkhead_ = false;  // its place has been handed on already
    }
    self->end_with(
        make_outcome(Kind::kOverloaded, name_kind(self->input_.call.action) + " is busy."));
  };
  if (!instance_->bulkhead().enter([self] { self->run(); }, refuse)) refuse();
}

void PluginCall::run() {
  if (dropped()) return end();
  if (handler_.has(MCPH_NEEDS_UPSTREAM) && token() == nullptr) {
    auto token = instance_->tokens().get(input_.call.caller->grant);
    if (!token.ok()) {
      instance_->parts().log.failure(LogLevel::kWarn, "plugin.no_token", token.error());
      return end_with(make_token_outcome(input_.call.action, token.error()));
    }
    const std::lock_guard lock(mutex_);
    token_ = std::move(*token);
  }
  attempt();
}

void PluginCall::attempt() {
  user_ = make_user_json(*input_.call.caller, token_.get());
  if (token_ != nullptr && instance_->settings().raw_token) {
    wipe(token_text_);
    token_text_ = token_->access_token.reveal();
  }
  fill_functions(view_);
  view_.size = sizeof view_;
  view_.host_data = this;
  view_.attempt = input_.call.attempt;
  view_.name = str(input_.call.name);
  view_.arguments = str(input_.arguments);
  view_.user = str(user_);
  view_.upstream_token = str(token_text_);
  view_.input_responses = str(input_.call.input_responses);
  view_.state = str(input_.call.state);
  view_.meta = str(input_.call.meta);
  const SteadyTime last =
      input_.call.may_become_task ? input_.call.task_deadline : input_.call.deadline;
  view_.deadline_ns =
      static_cast<std::uint64_t>(std::chrono::nanoseconds(last.time_since_epoch()).count());
  if (!begin_running()) return end();
  after_handler(handler_.function(instance_->self(), &view_));
}

// From here on the deadline abandons the call instead of dropping it: it may have done something.
bool PluginCall::begin_running() {
  const std::lock_guard lock(mutex_);
  if (dropped_) return false;
  phase_ = Phase::kRunning;
  return true;
}

bool PluginCall::dropped() const {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

void PluginCall::after_handler(mcph_status status) {
  {
    const std::lock_guard lock(mutex_);
    if (status == MCPH_PENDING) {
      was_pending_ = true;
      if (!completed_ && !runs_inline_) {
        phase_ = Phase::kPending;  // complete() will go on from here
        self_ = shared_from_this();
        return;
      }
      // Inline it holds no place in the bulkhead, so nothing would bound how many wait.
      status = completed_ ? MCPH_OK : MCPH_E_INTERNAL;
    } else if (completed_) {
      instance_->count_fault(handler_.name, "complete() of a call that was not PENDING (ABI-12)");
    }
  }
  conclude(status);
}

void PluginCall::complete() {
  {
    const std::lock_guard lock(mutex_);
    if (phase_ == Phase::kEnded || completed_) {
      instance_->count_fault(handler_.name, "complete() twice (ABI-12)");
      return;
    }
    completed_ = true;
    if (phase_ != Phase::kPending) return;  // the handler has not returned yet: it goes on
    phase_ = Phase::kRunning;
    if (abandoned_) instance_->count_fault(handler_.name, "complete() after the deadline (ABI-12)");
  }
  conclude(MCPH_OK);
}

bool PluginCall::wants_retry(mcph_status status) const {
  // Once only, and only what may be done twice. If the token was refreshed on the way, the API has
  // seen the newest one there is.
  return status == MCPH_E_UNAUTHORIZED && handler_.has(MCPH_NEEDS_UPSTREAM) && !retried_ &&
         !token_refreshed_ && handler_.has(MCPH_READ_ONLY | MCPH_IDEMPOTENT) && !cancelled();
}

void PluginCall::conclude(mcph_status status) {
  mcp::Outcome outcome;
  std::string fault, detail;
  bool again = false;
  {
    const std::lock_guard lock(mutex_);
    const mcph_status reason = sink_.reason(status);
    again = wants_retry(reason);
    if (again) {
      retried_ = true;
      completed_ = false;
      phase_ = Phase::kWaiting;
      sink_.clear();
    } else {
      outcome = sink_.make_outcome(status, output_);
      if (outcome.kind == Kind::kNeedsInput) {
        // A resource has no arguments but what its URI says.
        const bool reads = input_.call.action == mcp::Action::kReadResource;
        outcome.arguments = reads ? "{}" : input_.arguments;
        outcome.meta = input_.call.meta;
      }
      if (!abandoned_) fault = sink_.fault();  // else nothing was taken, so nothing is missed
      detail = sink_.detail();
      if (reason == MCPH_E_UNAUTHORIZED && handler_.has(MCPH_NEEDS_UPSTREAM)) {
        outcome = make_outcome(Kind::kSignInAgain, "Your sign-in has expired.");
      }
    }
  }
  if (again) return retry();
  if (!fault.empty()) {
    instance_->count_fault(handler_.name, fault, detail);
  } else if (!detail.empty()) {
    instance_->parts().log.info(
        "plugin.failure",
        {{"plugin", instance_->descriptor().name}, {"handler", handler_.name}, {"detail", detail}});
  }
  end_with(std::move(outcome));
}

void PluginCall::end_with(mcp::Outcome outcome) {
  {
    const std::lock_guard lock(mutex_);
    wipe(token_text_);  // before the answer is out: who has it may count on that
  }
  deliver(std::move(outcome));
  end();
}

void PluginCall::deliver(mcp::Outcome outcome) {
  std::shared_ptr<mcp::CallObserver> observer;
  {
    const std::lock_guard lock(observer_mutex_);
    observer.swap(observer_);
    answered_ = true;
  }
  if (observer != nullptr) observer->finished(std::move(outcome));
}

void PluginCall::end() {
  const auto self = shared_from_this();
  bool keep = false, leave = false;
  std::optional<DeadlineWatch::Ticket> ticket;
  {
    const std::lock_guard lock(mutex_);
    phase_ = Phase::kEnded;
    self_.reset();
    wipe(token_text_);
    token_.reset();
    ticket.swap(ticket_);
    leave = std::exchange(in_bulkhead_, false);
    if (std::exchange(abandoned_, false)) --instance_->abandoned;
    keep = was_pending_ || view_.upstream_token.len > 0;
  }
  if (ticket) instance_->watch().remove(*ticket);
  if (leave) instance_->bulkhead().leave();
  if (keep) instance_->retire(self);
  instance_->leave();
}

}  // namespace mcph::plugins
