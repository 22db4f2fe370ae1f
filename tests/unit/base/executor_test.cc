#include "base/executor.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>

namespace mcph {
namespace {

TEST(Executor, RunsWorkOnSeveralThreadsAtOnce) {
  std::latch both(2);  // only reached if two pieces of work run side by side
  Executor executor("test", 2, 10);
  std::atomic<int> done{0};
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(executor.submit([&] {
      both.arrive_and_wait();
      ++done;
    }));
  }
  executor.stop();
  EXPECT_EQ(done, 2);
}

TEST(Executor, RefusesWorkBeyondItsQueue) {
  Executor executor("test", 1, 2);
  std::promise<void> started, release;
  ASSERT_TRUE(executor.submit([&] {
    started.set_value();
    release.get_future().wait();
  }));
  started.get_future().wait();
  std::atomic<int> done{0};
  EXPECT_TRUE(executor.submit([&] { ++done; }));
  EXPECT_TRUE(executor.submit([&] { ++done; }));
  EXPECT_FALSE(executor.submit([&] { ++done; }));
  release.set_value();
  executor.stop();
  EXPECT_EQ(done, 2);
}

TEST(Executor, FinishesWhatItTookWhenStoppedAndTakesNoMore) {
  Executor executor("test", 2, 100);
  std::atomic<int> done{0};
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(executor.submit([&] { ++done; }));
  executor.stop();
  EXPECT_EQ(done, 50);
  EXPECT_FALSE(executor.submit([&] { ++done; }));
  executor.stop();
  EXPECT_EQ(done, 50);
}

TEST(Executor, AcceptsANameLongerThanThreadsMayHave) {
  std::atomic<bool> done{false};
  {
    Executor executor("a name of more than fifteen bytes", 1, 1);
    ASSERT_TRUE(executor.submit([&] { done = true; }));
  }
  EXPECT_TRUE(done);
}

}  // namespace
}  // namespace mcph
