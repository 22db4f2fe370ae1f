// mcph.offer/1 as this host gives it: tools that a plugin knows only with its configuration.
#pragma once

#include "mcph/ext/offer.h"

namespace mcph::plugins {

const mcph_offer_extension& offer_extension() noexcept;

}  // namespace mcph::plugins
