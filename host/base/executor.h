// A bounded pool of threads for work that may block: SQL, upstream HTTP, plugins. A full queue
// refuses new work at once, so that overload is answered early and nothing piles up.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace mcph {

// Thread-safe. Destruction runs what is queued, then joins.
class Executor {
 public:
  using Work = std::function<void()>;  // must not throw

  Executor(std::string name, std::size_t threads, std::size_t queue_max);
  ~Executor();
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  // False when the queue is full or stop() was called; the work was then not taken.
  [[nodiscard]] bool submit(Work work);

  // Refuses new work, finishes what was taken, joins. Idempotent.
  void stop();

 private:
  void run();

  const std::size_t queue_max_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Work> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace mcph
