// `x-mcp-header`: arguments a client mirrors into Mcp-Param-* headers, so that what stands between
// can route by them (MCP 2026-07-28, transports). The host refuses a call whose header and body
// disagree. Pure functions, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http_message.h"
#include "base/json.h"
#include "base/result.h"
#include "mcp/rejection.h"

namespace mcph::mcp {

struct ParamHeader {
  std::string header;             // "Mcp-Param-Region"
  std::vector<std::string> path;  // from the root of the arguments
};

// What a tool's inputSchema asks for. kInvalid when an annotation breaks a rule: clients must drop
// such a tool then.
Result<std::vector<ParamHeader>> read_param_headers(const json::object& input_schema);

std::optional<Rejection> check_param_headers(const std::vector<ParamHeader>& wanted,
                                             const json::object& arguments, const Headers& headers);

}  // namespace mcph::mcp
