#include "plugins/deadline_watch.h"

#include <gtest/gtest.h>

#include <future>
#include <memory>

namespace mcph::plugins {
namespace {

TEST(DeadlineWatch, RunsTheEarlierOneFirstThoughItCameLater) {
  SystemClock clock;
  DeadlineWatch watch(clock);
  std::promise<void> early;
  const auto late = watch.add(clock.steady() + Seconds(3600), [] { FAIL(); });
  std::this_thread::sleep_for(Milliseconds(20));  // the thread sleeps towards the late one by now
  watch.add(clock.steady() + Milliseconds(10), [&] { early.set_value(); });
  EXPECT_EQ(early.get_future().wait_for(Seconds(30)), std::future_status::ready);
  watch.remove(late);
}

TEST(DeadlineWatch, DropsWhatIsRemovedWithAllItHolds) {
  SystemClock clock;
  DeadlineWatch watch(clock);
  auto held = std::make_shared<int>(1);
  const std::weak_ptr<int> seen = held;
  const auto ticket =
      watch.add(clock.steady() + Seconds(3600), [held = std::move(held)] { FAIL(); });
  EXPECT_FALSE(seen.expired());
  watch.remove(ticket);
  EXPECT_TRUE(seen.expired());
  watch.remove(ticket);
}

TEST(DeadlineWatch, RunsEverythingAtOnceWhenAsked) {
  SystemClock clock;
  DeadlineWatch watch(clock);
  int runs = 0;
  for (int i = 0; i < 3; ++i) watch.add(clock.steady() + Seconds(3600 + i), [&] { ++runs; });
  watch.run_all();
  EXPECT_EQ(runs, 3);
}

}  // namespace
}  // namespace mcph::plugins
