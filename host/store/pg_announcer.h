// mcp::Announcer on PostgreSQL: a short queue and a thread that tells every host, this one too.
// While the database cannot be reached, at least this host hears what its plugins announce.
// Thread-safe.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "mcp/announcer.h"
#include "observability/log.h"
#include "store/pg_announcements.h"

namespace mcph::store {

class PgAnnouncer final : public mcp::Announcer {
 public:
  // Different ones that wait; equal ones wait once. A plugin that announces more than this faster
  // than the database takes them loses some.
  static constexpr std::size_t kQueueMax = 1024;
  // With it a payload stays below the 8000 bytes of NOTIFY, whatever else is in it.
  static constexpr std::size_t kUriBytesMax = 4096;

  PgAnnouncer(PgAnnouncements& announcements, const Log& log)
      : announcements_(announcements), log_(log) {}
  ~PgAnnouncer() override { stop(); }

  void announce(mcp::Announcement what) override;

  // From now on announcements go out; `hear_alone` gets those that could not. On a thread of its
  // own; must not block for long.
  void start(std::function<void(const mcp::Announcement&)> hear_alone);
  void stop();
  // Whether what is notified comes back to this host.
  void note_listening(bool listening) { listening_ = listening; }

 private:
  void run();
  void tell(const mcp::Announcement& what);

  PgAnnouncements& announcements_;
  const Log& log_;
  std::function<void(const mcp::Announcement&)> hear_alone_;
  std::atomic<bool> listening_{false};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::deque<mcp::Announcement> queue_;
  std::thread thread_;
};

}  // namespace mcph::store
