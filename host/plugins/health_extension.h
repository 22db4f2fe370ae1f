// "mcph.health/1": how a plugin says it is.
#pragma once

#include "mcph/ext/health.h"

namespace mcph::plugins {

const mcph_health& health_extension() noexcept;

}  // namespace mcph::plugins
