// What a client said it can do: in `initialize` for a legacy session, in every request's _meta
// under the modern protocol. Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <string>

#include "base/json.h"

namespace mcph::mcp {

// One bit each. The numbers are part of session ids.
enum ClientCapability : std::uint16_t {
  kCanSample = 1 << 0,
  kCanSampleWithTools = 1 << 1,
  kCanElicitForm = 1 << 2,
  kCanElicitUrl = 1 << 3,
  kHasRoots = 1 << 4,
  kKnowsTasks = 1 << 5,  // the extension io.modelcontextprotocol/tasks
};

// Of a ClientCapabilities object.
std::uint16_t read_capabilities(const json::object& capabilities);

// The ClientCapabilities object that says just that, as JSON.
std::string make_capabilities(std::uint16_t bits);

inline constexpr std::string_view kTasksExtension = "io.modelcontextprotocol/tasks";

}  // namespace mcph::mcp
