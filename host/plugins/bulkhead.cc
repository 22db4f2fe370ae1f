#include "plugins/bulkhead.h"

#include <utility>

namespace mcph::plugins {

bool Bulkhead::enter(Work work, Work refused) {
  {
    const std::lock_guard lock(mutex_);
    if (running_ >= running_max_) {
      if (queue_.size() >= queued_max_) return false;
      queue_.push_back({std::move(work), std::move(refused)});
      return true;
    }
    ++running_;
  }
  if (executor_.submit(std::move(work))) return true;
  leave();
  return false;
}

void Bulkhead::leave() {
  for (;;) {
    Waiting next;
    {
      const std::lock_guard lock(mutex_);
      if (queue_.empty()) {
        --running_;
        return;
      }
      next = std::move(queue_.front());  // takes over the place of the one that leaves
      queue_.pop_front();
    }
    if (executor_.submit(std::move(next.work))) return;
    next.refused();
  }
}

std::size_t Bulkhead::running() const {
  const std::lock_guard lock(mutex_);
  return running_;
}

}  // namespace mcph::plugins
