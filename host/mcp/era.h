// Which rules a message is under. One endpoint serves both eras; the body decides first, because
// some legacy clients send modern headers. Pure, thread-safe.
#pragma once

#include <variant>

#include "mcp/headers.h"
#include "mcp/jsonrpc.h"

namespace mcph::mcp {

enum class Route {
  kModernRequest,
  kModernNotification,
  kInitialize,
  kLegacyRequest,
  kLegacyNotification,
  kLegacyResponse,
};

// params._meta["io.modelcontextprotocol/protocolVersion"], of whatever type: the claim to be
// modern.
const json::value* find_version_claim(const Message& message) noexcept;

std::variant<Route, Rejection> classify(const Message& message, const McpHeaders& headers);

}  // namespace mcph::mcp
