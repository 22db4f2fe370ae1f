// The metrics one instance declared, by their numbers. Thread-safe; record() takes no lock.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>

#include "observability/metric_registry.h"

namespace mcph::plugins {

class MetricHandles {
 public:
  // kLimit when there are too many.
  Result<std::uint32_t> add(MetricFamily* family) {
    const std::lock_guard lock(mutex_);
    const std::size_t count = count_.load(std::memory_order_relaxed);
    for (std::size_t i = 0; i < count; ++i) {
      if (families_[i] == family) return static_cast<std::uint32_t>(i);
    }
    if (count == families_.size()) return Error{Code::kLimit, "too many metrics", {}};
    families_[count] = family;
    count_.store(count + 1, std::memory_order_release);
    return static_cast<std::uint32_t>(count);
  }
  // Null for a number that was never given.
  MetricFamily* find(std::uint32_t number) const noexcept {
    return number < count_.load(std::memory_order_acquire) ? families_[number] : nullptr;
  }

 private:
  std::mutex mutex_;
  std::array<MetricFamily*, MetricRegistry::kFamiliesMax> families_{};
  std::atomic<std::size_t> count_{0};
};

}  // namespace mcph::plugins
