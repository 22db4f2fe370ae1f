// The functions of mcph_call. A plugin may call them from any of its threads, with anything in
// their arguments, and a moment too late: each of them checks all of that.
#include <cmath>
#include <new>

#include "base/encoding.h"
#include "plugins/borrowed.h"
#include "plugins/limits.h"
#include "plugins/plugin_call.h"

namespace mcph::plugins {

struct CallFunctions {
  // Adds a part of the answer while anybody listens.
  template <class Add>
  static mcph_status take(const mcph_call* raw, Add add) noexcept {
    PluginCall* call = PluginCall::of(raw);
    if (call == nullptr) return MCPH_E_INVALID_ARGUMENT;
    try {
      const std::lock_guard lock(call->mutex_);
      if (call->phase_ == PluginCall::Phase::kEnded || call->answered_) return MCPH_E_CANCELLED;
      return add(call->sink_);
    } catch (const std::bad_alloc&) {
      return MCPH_E_LIMIT;
    }
  }

  static int32_t cancelled(const mcph_call* raw) noexcept {
    const PluginCall* call = PluginCall::of(raw);
    return call == nullptr || call->cancelled() || call->answered_ ? 1 : 0;
  }

  static void progress(const mcph_call* raw, double done, double total, mcph_str message) noexcept {
    PluginCall* call = PluginCall::of(raw);
    std::string_view text = view(message);
    if (call == nullptr || !std::isfinite(done) || !std::isfinite(total)) return;
    if (text.size() > kProgressTextBytesMax || !is_utf8(text)) text = {};
    const std::lock_guard lock(call->observer_mutex_);
    if (call->observer_ != nullptr) call->observer_->progress(done, total, text);
  }

  static void log(const mcph_call* raw, int32_t level, mcph_str message,
                  mcph_str fields_json) noexcept {
    PluginCall* call = PluginCall::of(raw);
    if (call == nullptr) return;
    const PluginMessage checked = read_message(level, message, fields_json);
    log_for_plugin(call->instance_->parts().log, call->instance_->descriptor().name,
                   call->handler_.name, checked);
    const std::lock_guard lock(call->observer_mutex_);
    if (call->observer_ != nullptr) {
      call->observer_->log(checked.level, checked.text, checked.fields);
    }
  }

  static mcph_status content(const mcph_call* raw, mcph_str block) noexcept {
    return take(raw, [&](CallSink& sink) { return sink.add_content(view(block)); });
  }
  static mcph_status structured(const mcph_call* raw, mcph_str json) noexcept {
    return take(raw, [&](CallSink& sink) { return sink.set_structured(view(json)); });
  }
  static mcph_status fail(const mcph_call* raw, mcph_status why, mcph_str text,
                          mcph_str detail) noexcept {
    return take(raw,
                [&](CallSink& sink) { return sink.set_failure(why, view(text), view(detail)); });
  }
  static mcph_status need_input(const mcph_call* raw, mcph_str requests, mcph_str state) noexcept {
    return take(raw,
                [&](CallSink& sink) { return sink.set_questions(view(requests), view(state)); });
  }
  static void complete(const mcph_call* raw) noexcept {
    if (PluginCall* call = PluginCall::of(raw)) call->complete();
  }
};

void fill_functions(mcph_call& call) noexcept {
  call.cancelled = CallFunctions::cancelled;
  call.progress = CallFunctions::progress;
  call.log = CallFunctions::log;
  call.content = CallFunctions::content;
  call.structured = CallFunctions::structured;
  call.fail = CallFunctions::fail;
  call.need_input = CallFunctions::need_input;
  call.complete = CallFunctions::complete;
}

}  // namespace mcph::plugins
