// Calls a function every so often, on a thread of its own. Destruction waits for a call under way.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "base/time.h"

namespace mcph::app {

class Ticker {
 public:
  Ticker(Milliseconds every, std::function<void()> tick);
  ~Ticker();
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;

 private:
  void run();

  const Milliseconds every_;
  const std::function<void()> tick_;  // must not throw
  std::mutex mutex_;
  std::condition_variable stop_requested_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace mcph::app
