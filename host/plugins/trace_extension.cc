#include "plugins/trace_extension.h"

#include "plugins/borrowed.h"
#include "plugins/plugin_call.h"

namespace mcph::plugins {
namespace {

std::uint64_t begin(const mcph_call* raw, std::uint64_t parent, mcph_str name) noexcept {
  PluginCall* call = PluginCall::of(raw);
  return call != nullptr ? call->spans().begin(parent, view(name)) : 0;
}

mcph_status attribute(const mcph_call* raw, std::uint64_t span, mcph_str key,
                      mcph_str value) noexcept {
  PluginCall* call = PluginCall::of(raw);
  if (call == nullptr) return MCPH_E_INVALID_ARGUMENT;
  return call->spans().set_attribute(span, view(key), view(value));
}

mcph_status end(const mcph_call* raw, std::uint64_t span, mcph_status outcome) noexcept {
  PluginCall* call = PluginCall::of(raw);
  return call != nullptr ? call->spans().end(span, outcome) : MCPH_E_INVALID_ARGUMENT;
}

mcph_status context(const mcph_call* raw, std::uint64_t span, mcph_trace_use use,
                    void* user) noexcept {
  PluginCall* call = PluginCall::of(raw);
  if (call == nullptr || use == nullptr) return MCPH_E_INVALID_ARGUMENT;
  const auto traceparent = call->spans().find_traceparent(span);
  if (!traceparent) return MCPH_E_NOT_FOUND;
  use(user, str(*traceparent));
  return MCPH_OK;
}

}  // namespace

Spans& PluginCall::spans() {
  const std::lock_guard lock(mutex_);
  if (spans_ == nullptr) {
    const PluginParts& parts = instance_->parts();
    const auto seed = static_cast<std::uint64_t>(parts.clock.steady().time_since_epoch().count());
    spans_ = std::make_unique<Spans>(input_.call.meta,
                                     Spans::Origin{instance_->descriptor().name, handler_.name},
                                     seed, parts.clock, parts.log);
  }
  return *spans_;
}

std::optional<TraceContext> PluginCall::current_trace() const {
  {
    const std::lock_guard lock(mutex_);
    if (spans_ != nullptr) return spans_->current();
  }
  return find_trace_context(input_.call.meta);
}

const mcph_trace& trace_extension() noexcept {
  static constexpr mcph_trace kTable{sizeof(mcph_trace), 0, begin, attribute, end, context};
  return kTable;
}

}  // namespace mcph::plugins
