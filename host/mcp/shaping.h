// One catalogue, several wires: what a protocol revision does not know is left out of tools and
// results for its clients. Pure functions, thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "mcp/versions.h"

namespace mcph::mcp {

// The Tool object as `version` knows it. The text itself when nothing has to go.
std::string shape_tool(std::string_view definition, Version version);

// The content blocks as `version` knows them: 2025-03-26 has no resource links and gets their text.
std::string shape_content(std::string content, Version version);

}  // namespace mcph::mcp
