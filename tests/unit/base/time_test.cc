#include "base/time.h"

#include <gtest/gtest.h>

namespace mcph {
namespace {

TEST(ToIso8601, WritesUtcInWholeSeconds) {
  EXPECT_EQ(to_iso8601(from_unix(0)), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_iso8601(from_unix(1'709'210'096)), "2024-02-29T12:34:56Z");
  EXPECT_EQ(to_iso8601(from_unix(4'102'444'799)), "2099-12-31T23:59:59Z");
}

TEST(UnixTime, GoesThereAndBack) {
  EXPECT_EQ(to_unix(from_unix(1'800'000'000)), 1'800'000'000);
  EXPECT_EQ(to_unix(from_unix(5) + Seconds{7}), 12);
}

TEST(SystemClock, NeverRunsBackwards) {
  const SystemClock clock;
  const auto steady = clock.steady();
  EXPECT_GE(clock.steady(), steady);
  EXPECT_GT(to_unix(clock.now()), 1'700'000'000);
}

}  // namespace
}  // namespace mcph
