// "mcph.trace/1": the spans of a call that its client traces.
#pragma once

#include "mcph/ext/trace.h"

namespace mcph::plugins {

const mcph_trace& trace_extension() noexcept;

}  // namespace mcph::plugins
