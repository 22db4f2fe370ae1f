#include "plugins/spans.h"

#include <charconv>
#include <functional>

#include "base/encoding.h"
#include "mcph/json_text.hpp"
#include "plugins/limits.h"

namespace mcph::plugins {
namespace {

// Ids have to be unique in their trace, not secret: SplitMix64.
std::uint64_t mix(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

}  // namespace

Spans::Spans(std::string_view meta, Origin origin, std::uint64_t seed, const Clock& clock,
             const Log& log)
    : context_(find_trace_context(meta)),
      origin_(std::move(origin)),
      clock_(clock),
      log_(log),
      id_state_(seed ^ std::hash<std::string_view>()(meta)) {}

std::string Spans::make_id() {
  std::uint64_t number = 0;
  while (number == 0) number = mix(id_state_);
  char text[16];
  const char* end = std::to_chars(text, text + sizeof text, number, 16).ptr;
  std::string id(sizeof text - static_cast<std::size_t>(end - text), '0');
  return id.append(text, static_cast<std::size_t>(end - text));
}

std::uint64_t Spans::begin(std::uint64_t parent, std::string_view name) {
  if (!context_ || name.size() > kSpanTextBytesMax || !is_utf8(name)) return 0;
  const std::lock_guard lock(mutex_);
  if (last_ >= kSpansMax) return 0;
  const auto above = open_.find(parent);
  Span span;
  span.id = make_id();
  span.parent = above != open_.end() ? above->second.id : context_->span_id;
  span.name = name;
  span.began = clock_.steady();
  open_.emplace(++last_, std::move(span));
  return last_;
}

mcph_status Spans::set_attribute(std::uint64_t span, std::string_view key, std::string_view value) {
  if (span == 0) return MCPH_OK;
  if (key.empty() || key.size() > kSpanTextBytesMax || value.size() > kSpanTextBytesMax) {
    return MCPH_E_LIMIT;
  }
  if (!is_utf8(key) || !is_utf8(value)) return MCPH_E_INVALID_ARGUMENT;
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(span);
  if (found == open_.end()) return MCPH_E_NOT_FOUND;
  if (found->second.attribute_count == kSpanAttributesMax) return MCPH_E_LIMIT;
  if (found->second.attribute_count++ > 0) found->second.attributes += ',';
  append_quoted(found->second.attributes, key);
  found->second.attributes += ':';
  append_quoted(found->second.attributes, value);
  return MCPH_OK;
}

mcph_status Spans::end(std::uint64_t span, mcph_status outcome) {
  if (span == 0) return MCPH_OK;
  Span ended;
  {
    const std::lock_guard lock(mutex_);
    const auto found = open_.find(span);
    if (found == open_.end()) return MCPH_E_NOT_FOUND;
    ended = std::move(found->second);
    open_.erase(found);
  }
  if (!context_->sampled()) return MCPH_OK;  // the client does not record this trace
  const auto took = clock_.steady() - ended.began;
  log_.debug("plugin.span",
             {{"plugin", origin_.plugin},
              {"handler", origin_.handler},
              {"trace", context_->trace_id},
              {"span", ended.id},
              {"parent", ended.parent},
              {"name", ended.name},
              {"took_us", std::chrono::duration_cast<std::chrono::microseconds>(took).count()},
              {"outcome", outcome},
              {"attributes", '{' + ended.attributes + '}'}});
  return MCPH_OK;
}

std::optional<std::string> Spans::find_traceparent(std::uint64_t span) const {
  if (!context_) return std::nullopt;
  if (span == 0) return context_->traceparent();
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(span);
  if (found == open_.end()) return std::nullopt;
  return context_->traceparent_of(found->second.id);
}

std::optional<TraceContext> Spans::current() const {
  std::optional<TraceContext> context = context_;
  const std::lock_guard lock(mutex_);
  if (context && !open_.empty()) context->span_id = open_.rbegin()->second.id;
  return context;
}

}  // namespace mcph::plugins
