// One JSON-RPC request on its way to a method, with everything checked that all methods share.
// Lives on the stack of the thread that handles it; what must outlive that is shared or copied.
#pragma once

#include "base/caller.h"
#include "base/http_message.h"
#include "mcp/jsonrpc.h"
#include "mcp/legacy/sessions.h"
#include "mcp/reply.h"
#include "mcp/versions.h"

namespace mcph::mcp {

struct RequestContext {
  Message& message;
  const Headers& headers;
  const CallerPtr& caller;
  Version version;
  OpenSessionPtr session;  // null under the modern protocol
  ReplyPtr reply;

  bool modern() const noexcept { return version == kModern; }
  void reject(const Rejection& rejection) const { reply->send_rejection(message.id, rejection); }
};

}  // namespace mcph::mcp
