// W3C Trace Context, as MCP carries it in `_meta`. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mcph::plugins {

struct TraceContext {
  std::string trace_id;  // 32 characters of lower-case hex, not all zeros
  std::string span_id;   // 16, likewise: the client's
  std::string flags;     // 2
  std::string state;     // tracestate, or empty

  std::string traceparent() const { return traceparent_of(span_id); }
  // The same trace with another span as the parent of what comes.
  std::string traceparent_of(std::string_view span) const;
  bool sampled() const noexcept { return !flags.empty() && (flags.back() & 1) != 0; }
};

// Nothing when `meta`, the JSON text of `_meta`, has no context, or one that breaks the format.
std::optional<TraceContext> find_trace_context(std::string_view meta);

}  // namespace mcph::plugins
