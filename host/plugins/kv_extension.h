// "mcph.kv/1": small values of a plugin, or of one user of it, in the database of all hosts.
#pragma once

#include "mcph/ext/kv.h"

namespace mcph::plugins {

const mcph_kv& kv_extension() noexcept;

}  // namespace mcph::plugins
