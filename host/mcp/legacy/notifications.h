// What a legacy client says without wanting an answer. Thread-safe.
#pragma once

#include "mcp/jsonrpc.h"
#include "mcp/legacy/sessions.h"
#include "mcp/methods.h"

namespace mcph::mcp {

// notifications/cancelled stops a call of this session; what else there is needs no action.
void take_notification(const Services& services, const OpenSession& session,
                       const Message& message);

}  // namespace mcph::mcp
