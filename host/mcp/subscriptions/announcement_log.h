// What was announced lately, in an order all hosts agree on, so that a client that was away for a
// moment can be told what it missed. Implemented by store/. Thread-safe, blocking.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "mcp/announcer.h"

namespace mcph::mcp {

struct NumberedAnnouncement {
  std::int64_t number = 0;  // grows in the order in which the hosts hear of them
  Announcement what;

  friend bool operator==(const NumberedAnnouncement&, const NumberedAnnouncement&) = default;
};

class AnnouncementLog {
 public:
  virtual ~AnnouncementLog() = default;
  virtual Result<std::int64_t> load_last() = 0;  // 0: none yet
  // Those after `number`, in order, the oldest `count_max` of them.
  virtual Result<std::vector<NumberedAnnouncement>> load_after(std::int64_t number,
                                                               std::size_t count_max) = 0;
};

}  // namespace mcph::mcp
