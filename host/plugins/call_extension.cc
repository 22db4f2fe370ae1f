#include "plugins/call_extension.h"

#include "plugins/plugin_call.h"

namespace mcph::plugins {
namespace {

mcph_status become_task(const mcph_call* raw) noexcept {
  PluginCall* call = PluginCall::of(raw);
  return call != nullptr ? call->become_task() : MCPH_E_INVALID_ARGUMENT;
}

mcph_status release_stream(const mcph_call* raw) noexcept {
  PluginCall* call = PluginCall::of(raw);
  return call != nullptr ? call->release_stream() : MCPH_E_INVALID_ARGUMENT;
}

}  // namespace

const mcph_call_extension& call_extension() noexcept {
  static constexpr mcph_call_extension kTable{sizeof(mcph_call_extension), 0, become_task,
                                              release_stream};
  return kTable;
}

// A deadline that has come is not taken back.
bool PluginCall::move_deadline(SteadyTime deadline) {
  const auto self = shared_from_this();
  std::optional<DeadlineWatch::Ticket> old;
  {
    const std::lock_guard lock(mutex_);
    if (phase_ == Phase::kEnded || abandoned_ || !ticket_) return false;
    deadline_ = deadline;
    old = std::exchange(ticket_, instance_->watch().add(deadline, [self] { self->expire(); }));
  }
  instance_->watch().remove(*old);
  return true;
}

mcph_status PluginCall::become_task() {
  if (!handler_.has(MCPH_MAY_BE_TASK | MCPH_NEEDS_TASK)) return MCPH_E_INVALID_ARGUMENT;
  if (!input_.call.may_become_task) return MCPH_E_NOT_FOUND;
  // First the time, then the task: what is a task must not be ended by the deadline of a call.
  if (!move_deadline(input_.call.task_deadline)) return MCPH_E_CANCELLED;
  bool is_task = false;
  {
    const std::lock_guard lock(observer_mutex_);
    if (observer_ == nullptr) return MCPH_E_CANCELLED;
    is_task = observer_->become_task();
  }
  if (is_task) return MCPH_OK;
  move_deadline(input_.call.deadline);
  return MCPH_E_UNAVAILABLE;
}

mcph_status PluginCall::release_stream() {
  const std::lock_guard lock(observer_mutex_);
  if (observer_ == nullptr) return MCPH_E_CANCELLED;
  observer_->release_stream();
  return MCPH_OK;
}

}  // namespace mcph::plugins
