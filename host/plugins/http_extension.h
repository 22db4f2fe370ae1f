// "mcph.http/1": the host's HTTP client for plugins. The user's bearer is added here and nowhere
// else, so that no plugin has to see it.
#pragma once

#include "mcph/ext/http.h"

namespace mcph::plugins {

const mcph_http& http_extension() noexcept;

}  // namespace mcph::plugins
