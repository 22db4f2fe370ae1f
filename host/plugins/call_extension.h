// "mcph.call/1": what a call that takes long can do about it.
#pragma once

#include "mcph/ext/call.h"

namespace mcph::plugins {

const mcph_call_extension& call_extension() noexcept;

}  // namespace mcph::plugins
