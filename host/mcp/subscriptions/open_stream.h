// One answer that stays open, as those see it who speak on it or end it. Thread-safe; nothing here
// blocks.
#pragma once

#include "mcp/subscriptions/bulletin.h"

namespace mcph::mcp {

class OpenStream {
 public:
  virtual ~OpenStream() = default;
  // Something was announced to all clients; the stream says it if its client wants to know.
  virtual void hear(const Bulletin&) {}
  // Says goodbye, if the protocol has words for that, and closes. Idempotent.
  virtual void end() = 0;
  // The client went by itself; nothing more reaches it.
  virtual void client_left() {}
};

}  // namespace mcph::mcp
