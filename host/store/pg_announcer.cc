#include "store/pg_announcer.h"

#include <pthread.h>

#include <algorithm>
#include <utility>

#include "base/assert.h"
#include "base/encoding.h"

namespace mcph::store {

void PgAnnouncer::announce(mcp::Announcement what) {
  if (what.uri.size() > kUriBytesMax || !is_utf8(what.uri) ||
      what.uri.find('\0') != std::string::npos) {
    return log_.warn("store.announcement_refused", {{"uri_bytes", what.uri.size()}});
  }
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || std::find(queue_.begin(), queue_.end(), what) != queue_.end()) return;
    if (queue_.size() >= kQueueMax) return log_.warn("store.announcement_dropped");
    queue_.push_back(std::move(what));
  }
  changed_.notify_one();
}

void PgAnnouncer::start(std::function<void(const mcp::Announcement&)> hear_alone) {
  ASSERT(!thread_.joinable());
  hear_alone_ = std::move(hear_alone);
  thread_ = std::thread([this] { run(); });
  pthread_setname_np(thread_.native_handle(), "announce");
}

void PgAnnouncer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void PgAnnouncer::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (stopping_) return;
    const mcp::Announcement what = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    tell(what);
    lock.lock();
  }
}

void PgAnnouncer::tell(const mcp::Announcement& what) {
  const bool will_hear = listening_;
  const Result<> told = announcements_.add(what);
  if (!told.ok()) log_.failure(LogLevel::kWarn, "store.announcement_not_told", told.error());
  if (!told.ok() || !will_hear) hear_alone_(what);
}

}  // namespace mcph::store
