#include "federation/pause.h"

#include <gtest/gtest.h>

#include "support/fake_clock.h"
#include "support/fake_random.h"

namespace mcph::federation {
namespace {

using Kind = TokenFailure::Kind;

TEST(Pause, BeginsAfterThreeFailuresInARowAndGrows) {
  test::FakeClock clock;
  test::FixedRandom no_jitter{std::string(1, '\0')};
  Pause pause(clock, no_jitter);
  const TokenFailure failure{Kind::kUnreachable, {}, ""};
  pause.note_failure(failure);
  pause.note_failure(failure);
  EXPECT_FALSE(pause.is_on());
  pause.note_failure(failure);
  EXPECT_TRUE(pause.is_on());
  clock.advance(Seconds{1});
  EXPECT_FALSE(pause.is_on());
  for (int i = 0; i < 20; ++i) pause.note_failure(failure);
  clock.advance(Seconds{59});
  EXPECT_TRUE(pause.is_on());
  clock.advance(Seconds{1});
  EXPECT_FALSE(pause.is_on());
}

TEST(Pause, IsUpToAQuarterLongerSoThatHostsDoNotComeBackTogether) {
  test::FakeClock clock;
  test::FixedRandom most{std::string(1, '\xff')};
  Pause pause(clock, most);
  pause.note_failure({Kind::kBusy, Seconds{8}, ""});
  clock.advance(Seconds{9});
  EXPECT_TRUE(pause.is_on());
  clock.advance(Seconds{1});
  EXPECT_FALSE(pause.is_on());
}

TEST(Pause, EndsWithASuccess) {
  test::FakeClock clock;
  test::FixedRandom no_jitter{std::string(1, '\0')};
  Pause pause(clock, no_jitter);
  for (int i = 0; i < 5; ++i) pause.note_failure({Kind::kBusy, {}, ""});
  EXPECT_TRUE(pause.is_on());
  pause.note_success();
  EXPECT_FALSE(pause.is_on());
  pause.note_failure({Kind::kBusy, {}, ""});
  EXPECT_FALSE(pause.is_on());
}

TEST(Pause, HonoursRetryAfterUpToAMinute) {
  test::FakeClock clock;
  test::FixedRandom no_jitter{std::string(1, '\0')};
  Pause pause(clock, no_jitter);
  pause.note_failure({Kind::kBusy, Seconds{7}, ""});
  clock.advance(Seconds{6});
  EXPECT_TRUE(pause.is_on());
  clock.advance(Seconds{1});
  EXPECT_FALSE(pause.is_on());
  pause.note_failure({Kind::kBusy, Seconds{86'400}, ""});
  clock.advance(Seconds{60});
  EXPECT_FALSE(pause.is_on());
}

TEST(Pause, BeginsAtOnceWhenOurOwnCredentialsAreRefused) {
  test::FakeClock clock;
  test::FixedRandom no_jitter{std::string(1, '\0')};
  Pause pause(clock, no_jitter);
  pause.note_failure({Kind::kInvalidClient, {}, ""});
  clock.advance(Seconds{29});
  EXPECT_TRUE(pause.is_on());
  clock.advance(Seconds{1});
  EXPECT_FALSE(pause.is_on());
}

TEST(Pause, IsNotForTokensThatAreRefused) {
  test::FakeClock clock;
  test::FixedRandom no_jitter{std::string(1, '\0')};
  Pause pause(clock, no_jitter);
  for (int i = 0; i < 10; ++i) {
    pause.note_failure({Kind::kInvalidGrant, {}, ""});
    pause.note_failure({Kind::kRefused, {}, ""});
  }
  EXPECT_FALSE(pause.is_on());
}

}  // namespace
}  // namespace mcph::federation
