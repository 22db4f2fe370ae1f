// Runs a function when its time has come, unless it was removed before. One thread. Thread-safe.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "base/time.h"

namespace mcph::plugins {

class DeadlineWatch {
 public:
  using Ticket = std::pair<SteadyTime, std::uint64_t>;
  using Action = std::function<void()>;  // must not block or throw

  explicit DeadlineWatch(const Clock& clock);
  ~DeadlineWatch();  // drops what has not come
  DeadlineWatch(const DeadlineWatch&) = delete;
  DeadlineWatch& operator=(const DeadlineWatch&) = delete;

  Ticket add(SteadyTime when, Action action);
  // The action will not start any more; it may be running.
  void remove(const Ticket& ticket);
  // Everything is due now.
  void run_all();

 private:
  void run();

  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<Ticket, Action> waiting_;
  std::uint64_t last_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace mcph::plugins
