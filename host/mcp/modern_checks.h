// What a modern request has to pass before its method sees it, in the order that decides which
// error a wrong request gets (MCP 2026-07-28, transports and versioning). Pure, thread-safe.
#pragma once

#include <optional>

#include "mcp/headers.h"
#include "mcp/jsonrpc.h"
#include "mcp/methods.h"

namespace mcph::mcp {

struct ModernRequest {
  const Message& message;
  const McpHeaders& headers;
  const MethodEntry* method;  // null when nobody implements it
};

std::optional<Rejection> check_modern(const ModernRequest& request);

}  // namespace mcph::mcp
