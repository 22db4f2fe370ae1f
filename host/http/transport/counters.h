// What a worker counts about itself. Written by its thread, read by any.
#pragma once

#include <atomic>
#include <cstdint>

namespace mcph::http {

// One writer: a plain addition, no locked instruction.
class Counter {
 public:
  Counter& operator++() noexcept {
    value_.store(value_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    return *this;
  }
  std::uint64_t get() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

struct Counters {
  Counter connections_accepted;
  Counter connections_shed;
  Counter requests;
  Counter requests_refused;
  Counter deadlines_missed;
  Counter handler_failures;
  Counter streams_opened;
  Counter slow_consumers;
  Counter tls_failures;
};

}  // namespace mcph::http
