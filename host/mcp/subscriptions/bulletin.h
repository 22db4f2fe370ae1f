// An announcement on its way to the open streams of a host, written out once for all of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mcp/announcer.h"
#include "mcp/jsonrpc.h"

namespace mcph::mcp {

struct Bulletin {
  Announcement what;
  // Its place in the announcement log, when a client that has it has missed nothing before it. 0: a
  // client must not go on from here.
  std::int64_t number = 0;
  std::string uri_hash;  // SHA-256, of the resource that was updated
  std::string message;   // the notification of the legacy protocol
};

Bulletin make_bulletin(Announcement what, std::int64_t number);

// The notification for one subscription of the modern protocol (MCP 2026-07-28, subscriptions:
// every message carries the subscription's id).
std::string make_tagged_notification(const Announcement& what, const JsonToken& subscription);

}  // namespace mcph::mcp
