// The handshake of the legacy protocol: agrees on a revision and hands out a session id. Writes
// nothing anywhere. Pure but for the session id, thread-safe.
#pragma once

#include <optional>
#include <string>

#include "mcp/catalog_view.h"
#include "mcp/jsonrpc.h"
#include "mcp/legacy/sessions.h"
#include "mcp/server_info.h"

namespace mcph::mcp {

struct Handshake {
  std::string body;        // the JSON-RPC response
  std::string session_id;  // for Mcp-Session-Id
};

std::optional<Rejection> check_initialize(const Message& message);

// The JSON-RPC response, agreeing on that revision.
std::string make_initialize_result(const JsonToken& id, Version version, CatalogViews& views,
                                   const ServerInfo& server_info);

// `message` passed the check.
Handshake initialize(const Message& message, const Caller& caller, Sessions& sessions,
                     CatalogViews& views, const ServerInfo& server_info, UnixTime now,
                     Seconds session_ttl);

}  // namespace mcph::mcp
