// One HTTP request at the MCP endpoint, already known to come from an allowed origin with a valid
// token, and what was found out about it before its body is read. Belongs to one thread at a time.
#pragma once

#include <optional>
#include <string>

#include "base/caller.h"
#include "base/http_message.h"
#include "mcp/headers.h"
#include "mcp/legacy/sessions.h"
#include "mcp/rejection.h"
#include "mcp/subscriptions/stream_access.h"

namespace mcph::mcp {

struct Arrival {
  Request request;
  CallerPtr caller;
  ExchangePtr exchange;
  // For answers that outlive the check of the token; null when there are no tokens.
  AccessSource* access = nullptr;

  StreamAccess stream_access() const {
    return access != nullptr ? access->access_of(request) : StreamAccess{};
  }
};

struct Visit {
  Arrival arrival;
  McpHeaders headers;         // views into arrival.request
  OpenSessionPtr session;     // null: none named, or none of this caller's
  bool store_failed = false;  // nobody could say whether the session still lives
};

// The rules for the session a legacy message names (MCP 2025-11-25, session management).
std::optional<Rejection> check_session(const Visit& visit);

// MCP-Protocol-Version within a session: any legacy revision of ours; the negotiated one applies.
std::optional<Rejection> check_legacy_version(const McpHeaders& headers);

}  // namespace mcph::mcp
