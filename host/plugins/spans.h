// The spans of one traced call: what its plugin says it is doing, as lines of the log at level
// debug
// ("plugin.span"), and the context that its requests carry. Thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "mcph/abi.h"
#include "observability/log.h"
#include "plugins/trace_context.h"

namespace mcph::plugins {

class Spans {
 public:
  struct Origin {
    std::string plugin, handler;  // for the log
  };
  // `meta` of the call, as JSON. `seed` makes the ids of spans differ from those of other calls.
  Spans(std::string_view meta, Origin origin, std::uint64_t seed, const Clock& clock,
        const Log& log);

  // Its number; 0 when the call is not traced or has too many.
  std::uint64_t begin(std::uint64_t parent, std::string_view name);
  mcph_status set_attribute(std::uint64_t span, std::string_view key, std::string_view value);
  mcph_status end(std::uint64_t span, mcph_status outcome);

  // With 0 the client's own. Nothing when the call is not traced, or for a span that is not open.
  std::optional<std::string> find_traceparent(std::uint64_t span) const;
  // What a request carries: the span that began last and is open, else the client's.
  std::optional<TraceContext> current() const;

 private:
  struct Span {
    std::string id, parent, name;
    SteadyTime began;
    std::string attributes;  // members of a JSON object
    std::size_t attribute_count = 0;
  };
  std::string make_id();

  const std::optional<TraceContext> context_;
  const Origin origin_;
  const Clock& clock_;
  const Log& log_;
  mutable std::mutex mutex_;
  std::map<std::uint64_t, Span> open_;  // in the order they began
  std::uint64_t last_ = 0;
  std::uint64_t id_state_;
};

}  // namespace mcph::plugins
