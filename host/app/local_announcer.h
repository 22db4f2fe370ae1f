// mcp::Announcer of a host whose clients hold no stream that could carry an announcement: it is
// logged. Thread-safe.
#pragma once

#include "mcp/announcer.h"
#include "observability/log.h"

namespace mcph::app {

class LocalAnnouncer final : public mcp::Announcer {
 public:
  explicit LocalAnnouncer(const Log& log) : log_(log) {}
  void announce(mcp::Announcement what) override {
    log_.info("plugin.announced", {{"kind", static_cast<int>(what.kind)}, {"uri", what.uri}});
  }

 private:
  const Log& log_;
};

}  // namespace mcph::app
