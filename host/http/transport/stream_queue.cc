#include "http/transport/stream_queue.h"

#include <utility>

namespace mcph::http {

StreamQueue::Push StreamQueue::notice() {
  return {true, !std::exchange(notified_, true)};
}

StreamQueue::Push StreamQueue::push(std::string_view bytes) {
  const std::lock_guard lock(mutex_);
  if (abandoned_ || finished_ || overflowed_) return {false, false};
  const std::size_t backlog = queued_.size() + taken_bytes_;
  // A single event may be larger than the limit, if the client has read all that came before.
  if (backlog > 0 && backlog + bytes.size() > backlog_bytes_max_) {
    overflowed_ = true;
    queued_ = {};
    return {false, true};  // even if the worker knows of earlier news: it may wait for the client
  }
  queued_.append(bytes);
  return notice();
}

StreamQueue::Push StreamQueue::finish() {
  const std::lock_guard lock(mutex_);
  if (abandoned_ || finished_ || overflowed_) return {false, false};
  finished_ = true;
  return notice();
}

bool StreamQueue::open() const {
  const std::lock_guard lock(mutex_);
  return !abandoned_ && !finished_ && !overflowed_;
}

StreamQueue::State StreamQueue::take(std::string& into) {
  const std::lock_guard lock(mutex_);
  notified_ = false;
  if (overflowed_) return State::kOverflowed;
  into = std::exchange(queued_, {});
  taken_bytes_ = into.size();
  return finished_ ? State::kFinished : State::kOpen;
}

bool StreamQueue::overflowed() const {
  const std::lock_guard lock(mutex_);
  return overflowed_;
}

void StreamQueue::abandon() {
  const std::lock_guard lock(mutex_);
  abandoned_ = true;
  queued_ = {};
}

}  // namespace mcph::http
