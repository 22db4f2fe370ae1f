#include "plugins/trace_context.h"

#include <algorithm>

#include "base/json.h"

namespace mcph::plugins {
namespace {

constexpr std::size_t kTraceIdAt = 3, kTraceIdBytes = 32;
constexpr std::size_t kSpanIdAt = 36, kSpanIdBytes = 16;
constexpr std::size_t kFlagsAt = 53, kFlagsBytes = 2;
constexpr std::size_t kTraceparentBytes = 55;
constexpr std::size_t kTracestateBytesMax = 512;  // W3C Trace Context §3.3.1.5

bool is_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == text.npos;
}
bool is_id(std::string_view text) {
  return is_hex(text) && text.find_first_not_of('0') != text.npos;
}

bool is_field_value(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

// §3.2: version 00 has this very form; "ff" is forbidden. What a later version appends is not read.
std::optional<TraceContext> read_traceparent(std::string_view text) {
  if (text.size() != kTraceparentBytes || text.substr(0, 2) != "00") return std::nullopt;
  if (text[2] != '-' || text[kSpanIdAt - 1] != '-' || text[kFlagsAt - 1] != '-') {
    return std::nullopt;
  }
  TraceContext context;
  context.trace_id = text.substr(kTraceIdAt, kTraceIdBytes);
  context.span_id = text.substr(kSpanIdAt, kSpanIdBytes);
  context.flags = text.substr(kFlagsAt, kFlagsBytes);
  if (!is_id(context.trace_id) || !is_id(context.span_id) || !is_hex(context.flags)) {
    return std::nullopt;
  }
  return context;
}

}  // namespace

std::string TraceContext::traceparent_of(std::string_view span) const {
  std::string text = "00-";
  text.append(trace_id).append("-").append(span).append("-").append(flags);
  return text;
}

std::optional<TraceContext> find_trace_context(std::string_view meta) {
  if (meta.find("traceparent") == meta.npos) return std::nullopt;  // most calls are not traced
  const auto parsed = parse_json(meta);
  if (!parsed.ok() || !parsed->is_object()) return std::nullopt;
  const auto parent = find_string(parsed->get_object(), "traceparent");
  if (!parent) return std::nullopt;
  auto context = read_traceparent(*parent);
  if (!context) return std::nullopt;
  const auto state = find_string(parsed->get_object(), "tracestate");
  if (state && state->size() <= kTracestateBytesMax && is_field_value(*state)) {
    context->state = *state;
  }
  return context;
}

}  // namespace mcph::plugins
