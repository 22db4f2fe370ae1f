// The wall around one plugin: at most so many of its calls run at once, so many wait, and the rest
// is refused at once. A slow plugin can so never take all threads of the executor. Thread-safe.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>

#include "base/executor.h"

namespace mcph::plugins {

class Bulkhead {
 public:
  using Work = std::function<void()>;

  Bulkhead(Executor& executor, std::size_t running_max, std::size_t queued_max)
      : executor_(executor), running_max_(running_max), queued_max_(queued_max) {}

  // Runs `work` on the executor, now or when its turn comes; it must end with leave(), on whatever
  // thread, once. `refused` runs instead if the executor is full when the turn comes. False: both
  // are refused, nothing will run.
  [[nodiscard]] bool enter(Work work, Work refused);
  void leave();

  std::size_t running() const;

 private:
  struct Waiting {
    Work work, refused;
  };

  Executor& executor_;
  const std::size_t running_max_;
  const std::size_t queued_max_;
  mutable std::mutex mutex_;
  std::size_t running_ = 0;
  std::deque<Waiting> queue_;
};

}  // namespace mcph::plugins
