// params._meta of a request: the keys MCP reserves, and what of it a tool may see. Pure functions,
// thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mcp/jsonrpc.h"

namespace mcph::mcp {

namespace meta_keys {
inline constexpr std::string_view kProtocolVersion = "io.modelcontextprotocol/protocolVersion";
inline constexpr std::string_view kClientCapabilities =
    "io.modelcontextprotocol/clientCapabilities";
inline constexpr std::string_view kClientInfo = "io.modelcontextprotocol/clientInfo";
inline constexpr std::string_view kLogLevel = "io.modelcontextprotocol/logLevel";
inline constexpr std::string_view kSubscriptionId = "io.modelcontextprotocol/subscriptionId";
inline constexpr std::string_view kServerInfo = "io.modelcontextprotocol/serverInfo";
inline constexpr std::string_view kProgressToken = "progressToken";
}  // namespace meta_keys

// What every modern request must carry (MCP 2026-07-28, base protocol: _meta).
std::optional<Rejection> check_modern_meta(const Message& message);

// Empty when the client asked for no progress, or with a token that is none.
JsonToken find_progress_token(const Message& message);

// What a plugin sees of it, as a JSON object: everything that is not MCP's own (trace context among
// it), and what the client is and can do. The capabilities of a legacy client are those of its
// session; a modern one sends them with every request.
std::string make_plugin_meta(const json::object* meta,
                             std::optional<std::uint16_t> session_capabilities);

}  // namespace mcph::mcp
