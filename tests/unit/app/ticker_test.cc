#include "app/ticker.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace mcph::app {
namespace {

TEST(Ticker, CallsAgainAndAgain) {
  std::mutex mutex;
  std::condition_variable ticked;
  int ticks = 0;
  const Ticker ticker(Milliseconds(1), [&] {
    const std::lock_guard lock(mutex);
    ++ticks;
    ticked.notify_one();
  });
  std::unique_lock lock(mutex);
  EXPECT_TRUE(ticked.wait_for(lock, Seconds(20), [&] { return ticks >= 3; }));
}

TEST(Ticker, EndsAtOnceHoweverLongItWouldSleep) {
  std::atomic<int> ticks{0};
  {
    const Ticker ticker(std::chrono::hours(24), [&] { ++ticks; });
  }
  EXPECT_EQ(ticks, 0);
}

}  // namespace
}  // namespace mcph::app
