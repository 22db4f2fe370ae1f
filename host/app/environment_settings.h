// What environment variables say: overrides of single keys, and ${VARIABLE} inside texts.
#pragma once

#include <string>
#include <string_view>

#include "app/environment.h"
#include "app/settings.h"

namespace mcph::app {

// MCPH_LISTEN__PORT=8443 sets listen.port, MCPH_PUBLIC_URL the top-level key,
// MCPH_PLUGIN__TODO_API__ENABLED plugin.todo_api.enabled. Lists are separated by commas, tables are
// JSON. A variable of that shape that names no key is a problem: it was meant for something.
void apply_environment(const Environment& environment, Settings& settings, Problems& problems);

// Replaces ${NAME} in every text that came from a file; `$${` stands for `${`. An unset variable
// is a problem.
void expand_variables(const Environment& environment, Settings& settings, Problems& problems);

}  // namespace mcph::app
