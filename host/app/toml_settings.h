// Reads a TOML file into Settings. The only place that knows the TOML library.
#pragma once

#include <string_view>

#include "app/settings.h"

namespace mcph::app {

// `file` is the name for places. Tables become dotted names down to the schema's depth; a key the
// schema does not know, a value TOML has and we do not (dates, floats) become problems.
void read_toml(std::string_view text, std::string_view file, Settings& settings,
               Problems& problems);

}  // namespace mcph::app
