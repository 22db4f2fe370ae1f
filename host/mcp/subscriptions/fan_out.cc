#include "mcp/subscriptions/fan_out.h"

#include <vector>

#include "mcp/limits.h"

namespace mcph::mcp {

void FanOut::note(const Announcement& what, std::int64_t number) {
  const std::lock_guard lock(mutex_);
  if (number != 0) {
    if (number <= last_) return;
    last_ = number;
  }
  const SteadyTime now = clock_.steady();
  const Key key{what.kind, what.uri};
  const auto found = recent_.find(key);
  if (found != recent_.end() && now - found->second.said_at < limits::kAnnouncementGap) {
    if (!std::exchange(found->second.held, true)) ++held_;
    return;
  }
  if (found != recent_.end()) {
    found->second.said_at = now;
    if (std::exchange(found->second.held, false)) --held_;
  } else if (make_room()) {
    recent_.emplace(key, Recent{now, false});
  }
  say(what);
}

void FanOut::flush() {
  const std::lock_guard lock(mutex_);
  const SteadyTime now = clock_.steady();
  std::vector<Announcement> due;
  for (auto at = recent_.begin(); at != recent_.end();) {
    if (now - at->second.said_at < limits::kAnnouncementGap) {
      ++at;
    } else if (std::exchange(at->second.held, false)) {
      at->second.said_at = now;
      due.push_back({at->first.first, at->first.second});
      ++at;
    } else {
      at = recent_.erase(at);
    }
  }
  for (const Announcement& what : due) {
    --held_;
    say(what);
  }
}

// A stream that has this has missed nothing before it, unless something is held back: then a client
// that went on from here would never hear of that. And no number is given twice.
void FanOut::say(const Announcement& what) {
  const bool numbered = held_ == 0 && last_ != said_;
  if (numbered) said_ = last_;
  const Bulletin bulletin = make_bulletin(what, numbered ? last_ : 0);
  streams_.for_each([&bulletin](OpenStream& stream) { stream.hear(bulletin); });
}

bool FanOut::make_room() {
  return recent_.size() < limits::kAnnouncementsHeldMax;
}

std::int64_t FanOut::last() const {
  const std::lock_guard lock(mutex_);
  return held_ == 0 ? last_ : said_;
}

void FanOut::begin_at(std::int64_t number) {
  const std::lock_guard lock(mutex_);
  if (last_ == 0) last_ = said_ = number;
}

}  // namespace mcph::mcp
