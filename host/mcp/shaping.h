// One catalogue, several wires: what a protocol revision does not know is left out of definitions
// and answers for its clients. Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mcp/versions.h"

namespace mcph::mcp {

// The lists of what a host offers.
enum class ListKind : std::uint8_t { kTools, kResources, kTemplates, kPrompts };
inline constexpr std::size_t kListKindCount = 4;

// The Tool, Resource, ResourceTemplate or Prompt object as `version` knows it. The text itself when
// nothing has to go.
std::string shape_definition(std::string_view definition, ListKind kind, Version version);

// An array of content blocks as `version` knows them: resource links and audio came later than text
// and images, and older clients get text instead.
std::string shape_content(std::string content, Version version);

// The same for an array of PromptMessage objects, with one content block each.
std::string shape_messages(std::string messages, Version version);

// Whether `structured` (JSON) may stand in a result as structuredContent.
bool knows_structured(std::string_view structured, Version version) noexcept;

}  // namespace mcph::mcp
