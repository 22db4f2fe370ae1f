// What happens to a call from outside: its deadline, its cancellation, a second attempt.
#include "plugins/plugin_call.h"

namespace mcph::plugins {

using Kind = mcp::Outcome::Kind;

SteadyTime PluginCall::deadline() const {
  const std::lock_guard lock(mutex_);
  return deadline_;
}

UpstreamTokenPtr PluginCall::token() const {
  const std::lock_guard lock(mutex_);
  return token_;
}

void PluginCall::set_token(UpstreamTokenPtr token) {
  const std::lock_guard lock(mutex_);
  token_ = std::move(token);
  token_refreshed_ = true;
}

void PluginCall::follow(const std::shared_ptr<net::RunningRequest>& request) {
  if (request == nullptr) return;
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(requests_, [](const auto& known) { return known.expired(); });
    requests_.push_back(request);
  }
  if (cancelled()) request->cancel();
}

void PluginCall::give_up_requests() {
  std::vector<std::weak_ptr<net::RunningRequest>> requests;
  {
    const std::lock_guard lock(mutex_);
    requests.swap(requests_);
  }
  for (const auto& known : requests) {
    if (const auto request = known.lock()) request->cancel();
  }
}

void PluginCall::call_cancel_hook() {
  const auto hook = instance_->descriptor().plugin->cancel;
  if (hook == nullptr) return;
  instance_->enter();  // so that stop() waits for the hook, too
  bool inside = false;
  {
    const std::lock_guard lock(mutex_);
    inside = phase_ == Phase::kRunning || phase_ == Phase::kPending;
  }
  if (inside) hook(instance_->self(), &view_);
  instance_->leave();
}

void PluginCall::cancel() {
  const auto self = shared_from_this();
  if (cancelled_.exchange(true)) return;
  bool waiting = false;
  {
    const std::lock_guard lock(mutex_);
    waiting = phase_ == Phase::kWaiting;
    if (waiting) dropped_ = true;
  }
  // What has not begun ends now; its turn comes and finds it answered. The rest is asked to end.
  if (waiting) deliver(make_outcome(Kind::kFailed, "The call was cancelled."));
  give_up_requests();
  call_cancel_hook();
}

void PluginCall::expire() {
  cancelled_ = true;
  bool started = false;
  {
    const std::lock_guard lock(mutex_);
    if (phase_ == Phase::kEnded) return;
    started = phase_ != Phase::kWaiting;
    if (!started) dropped_ = true;
    if (started && !abandoned_) {
      abandoned_ = true;
      ++instance_->abandoned;
    }
  }
  const mcp::Action action = input_.call.action;
  deliver(started ? make_error(action, name_kind(action) + " did not answer in time.")
                  : make_outcome(Kind::kOverloaded, name_kind(action) + " is busy."));
  instance_->parts().log.warn(
      "plugin.late",
      {{"plugin", instance_->descriptor().name}, {"handler", handler_.name}, {"started", started}});
  give_up_requests();
  call_cancel_hook();
}

// The API has refused the user's token: with a newer one, once more.
void PluginCall::retry() {
  const auto self = shared_from_this();
  const auto again = [self] {
    const UpstreamTokenPtr old = self->token();
    auto newer = self->instance_->tokens().get_newer(self->input_.call.caller->grant,
                                                     old != nullptr ? old->version : 0);
    if (!newer.ok())
      return self->end_with(make_token_outcome(self->input_.call.action, newer.error()));
    self->set_token(std::move(*newer));
    self->attempt();
  };
  if (instance_->parts().executor.submit(again)) return;
  end_with(make_outcome(Kind::kOverloaded, name_kind(input_.call.action) + " is busy."));
}

}  // namespace mcph::plugins
