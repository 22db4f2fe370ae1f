// One JSON-RPC request on its way to a method, with everything checked that all methods share.
// Lives on the stack of the thread that handles it; what must outlive that is shared or copied.
#pragma once

#include <cstdint>
#include <optional>

#include "base/caller.h"
#include "base/http_message.h"
#include "mcp/jsonrpc.h"
#include "mcp/legacy/sessions.h"
#include "mcp/log_levels.h"
#include "mcp/reply.h"
#include "mcp/versions.h"

namespace mcph::mcp {

struct Arrival;

struct RequestContext {
  Message& message;
  const Headers& headers;
  const CallerPtr& caller;
  Version version;
  OpenSessionPtr session;  // null under the modern protocol
  ReplyPtr reply;
  Arrival* arrival = nullptr;  // the HTTP request it came with

  bool modern() const noexcept { return version == kModern; }
  // What the client can do: ClientCapability bits.
  std::uint16_t capabilities() const;
  // What the plugin's log has to reach to be shown to the client; nothing when it asked for none.
  // A legacy session's may change while the call is under way.
  std::optional<Severity> log_level() const;
  void reject(const Rejection& rejection) const { reply->send_rejection(message.id, rejection); }
  // There is such a method, but nothing it could be about.
  void reject_method() const {
    reject(modern() ? rejections::unknown_method_modern() : rejections::unknown_method_legacy());
  }
};

}  // namespace mcph::mcp
