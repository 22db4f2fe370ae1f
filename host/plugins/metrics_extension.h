// "mcph.metrics/1": what a plugin counts, kept in the host's MetricRegistry.
#pragma once

#include "mcph/ext/metrics.h"

namespace mcph::plugins {

const mcph_metrics& metrics_extension() noexcept;

}  // namespace mcph::plugins
