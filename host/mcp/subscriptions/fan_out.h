// Brings what is announced to the open streams of this host. Bursts are folded: of equal
// announcements in quick succession the first goes out at once and the last a moment later, for
// "changed" says no more when it is said a hundred times. Thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "base/time.h"
#include "mcp/announcer.h"
#include "mcp/subscriptions/open_streams.h"

namespace mcph::mcp {

class FanOut {
 public:
  FanOut(OpenStreams& streams, const Clock& clock) : streams_(streams), clock_(clock) {}

  // `number` of the announcement log; 0 when it could not be logged. One that was heard before is
  // ignored.
  void note(const Announcement& what, std::int64_t number);
  // Says what was held back long enough. To be called often.
  void flush();

  // Up to here everything was said; a new stream begins with it.
  std::int64_t last() const;
  // A host that has just started has missed nothing before this.
  void begin_at(std::int64_t number);

 private:
  using Key = std::pair<Announcement::Kind, std::string>;
  struct Recent {
    SteadyTime said_at;
    bool held = false;  // said again since
  };
  void say(const Announcement& what);  // mutex_ held
  bool make_room();                    // mutex_ held

  OpenStreams& streams_;
  const Clock& clock_;
  mutable std::mutex mutex_;  // also keeps what is said in one order
  std::int64_t last_ = 0;     // heard
  std::int64_t said_ = 0;     // the last number a stream was given
  std::size_t held_ = 0;
  std::map<Key, Recent> recent_;
};

}  // namespace mcph::mcp
