#include "plugins/bulkhead.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace mcph::plugins {
namespace {

TEST(Bulkhead, StartsWhatWaitsWhenOneLeaves) {
  Executor executor("t", 2, 10);
  Bulkhead bulkhead(executor, 1, 1);
  std::promise<void> second;
  EXPECT_TRUE(bulkhead.enter([] {}, [] {}));
  EXPECT_TRUE(bulkhead.enter([&] { second.set_value(); }, [] {}));
  EXPECT_FALSE(bulkhead.enter([] {}, [] {})) << "one runs, one waits";
  bulkhead.leave();
  second.get_future().wait();
  EXPECT_EQ(bulkhead.running(), 1u);
  bulkhead.leave();
  EXPECT_EQ(bulkhead.running(), 0u);
}

TEST(Bulkhead, RefusesWhenTheExecutorIsFull) {
  Executor executor("t", 1, 10);
  executor.stop();
  Bulkhead bulkhead(executor, 1, 1);
  EXPECT_FALSE(bulkhead.enter([] {}, [] {}));
  EXPECT_EQ(bulkhead.running(), 0u);
}

TEST(Bulkhead, RefusesWhatWaitedWhenTheExecutorIsFullAtItsTurn) {
  Executor executor("t", 1, 10);
  Bulkhead bulkhead(executor, 1, 5);
  std::atomic<int> refused{0};
  EXPECT_TRUE(bulkhead.enter([] {}, [] {}));
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(bulkhead.enter([] { FAIL(); }, [&] { ++refused; }));
  }
  executor.stop();
  bulkhead.leave();
  EXPECT_EQ(refused, 3);
  EXPECT_EQ(bulkhead.running(), 0u);
}

}  // namespace
}  // namespace mcph::plugins
