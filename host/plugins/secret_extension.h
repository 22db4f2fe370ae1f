// "mcph.secret/1": what the operator gave the plugin under [plugin.NAME.secrets].
#pragma once

#include "mcph/ext/secret.h"

namespace mcph::plugins {

const mcph_secret& secret_extension() noexcept;

}  // namespace mcph::plugins
