// A clock that stands still until a test moves it. Thread-safe.
#pragma once

#include <atomic>

#include "base/time.h"

namespace mcph::test {

class FakeClock final : public Clock {
 public:
  explicit FakeClock(std::int64_t unix_seconds = 1'800'000'000) : seconds_(unix_seconds) {}

  UnixTime now() const override { return from_unix(seconds_.load()); }
  SteadyTime steady() const override { return SteadyTime{Milliseconds{steady_ms_.load()}}; }

  // Moves both clocks.
  void advance(Seconds by) {
    seconds_ += by.count();
    steady_ms_ += Milliseconds{by}.count();
  }
  // Less than a second moves the monotonic clock alone.
  void advance_steady(Milliseconds by) { steady_ms_ += by.count(); }
  void set(UnixTime now) { seconds_ = to_unix(now); }

 private:
  std::atomic<std::int64_t> seconds_;
  std::atomic<std::int64_t> steady_ms_{1'000'000};
};

}  // namespace mcph::test
