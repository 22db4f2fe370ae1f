// mcph/trace.hpp - spans, for plugin authors in C++. With a host or a call without tracing nothing
// happens.
//   const mcph::Span span = tracer_.begin(call, "parse");
#pragma once

#include <cstdint>
#include <exception>
#include <string_view>
#include <utility>

#include "mcph/call.hpp"
#include "mcph/ext/trace.h"

namespace mcph {

// Ends with its scope, as failed when an exception ends that. It must not outlive its call.
class Span {
 public:
  Span(const mcph_trace* api, const mcph_call* call, std::uint64_t number) noexcept
      : api_(api), call_(call), number_(number), thrown_(std::uncaught_exceptions()) {}
  Span(const Span&) = delete;
  Span& operator=(const Span&) = delete;
  ~Span() {
    const bool failed = std::uncaught_exceptions() > thrown_;
    if (number_ != 0) api_->end(call_, number_, failed ? MCPH_E_INTERNAL : MCPH_OK);
  }

  void attribute(std::string_view key, std::string_view value) const noexcept {
    if (number_ != 0) api_->attribute(call_, number_, str(key), str(value));
  }
  // A span within this one.
  Span begin(std::string_view name) const noexcept {
    return {api_, call_, number_ == 0 ? 0 : api_->begin(call_, number_, str(name))};
  }

 private:
  const mcph_trace* api_;
  const mcph_call* call_;
  std::uint64_t number_;
  int thrown_;
};

class Tracer {
 public:
  explicit Tracer(const mcph_host* host)
      : api_(static_cast<const mcph_trace*>(host->extension(host, MCPH_EXT_TRACE))) {}

  Span begin(Call call, std::string_view name) const noexcept {
    return {api_, call.raw(), api_ == nullptr ? 0 : api_->begin(call.raw(), 0, str(name))};
  }

 private:
  const mcph_trace* api_;
};

}  // namespace mcph
