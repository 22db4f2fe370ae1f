// Of the threads of this process that want the same thing at the same time, one does the work and
// the others wait for its result. Thread-safe.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/result.h"
#include "base/time.h"

namespace mcph::federation {

template <class T>
class SingleFlight {
 public:
  // Runs `work`, or waits for the thread that does so under this key; nothing when waiting takes
  // longer than `patience`. `work` must not throw.
  std::optional<Result<T>> run(const std::string& key, Milliseconds patience,
                               const std::function<Result<T>()>& work) {
    std::unique_lock lock(mutex_);
    const auto [at, is_new] = flights_.try_emplace(key);
    if (is_new) at->second = std::make_shared<Flight>();
    const std::shared_ptr<Flight> flight = at->second;
    if (!is_new) {
      flight->landed.wait_for(lock, patience, [&] { return flight->result.has_value(); });
      return flight->result;
    }
    lock.unlock();
    Result<T> result = work();
    lock.lock();
    flight->result = result;
    flights_.erase(key);
    flight->landed.notify_all();
    return result;
  }

 private:
  struct Flight {
    std::condition_variable landed;
    std::optional<Result<T>> result;
  };

  std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<Flight>> flights_;
};

}  // namespace mcph::federation
