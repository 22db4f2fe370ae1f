#include "base/token_buckets.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace mcph {
namespace {

constexpr Rate kThreeAMinute{3, Seconds{60}};

struct TokenBucketsTest : testing::Test {
  bool take(std::uint64_t key) { return !buckets.take(key, kThreeAMinute, now).has_value(); }
  TokenBuckets buckets{1};  // a single row
  SteadyTime now{Seconds{1000}};
};

TEST_F(TokenBucketsTest, GiveTheWholeRateAtOnceAndThenSayHowLongToWait) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(take(7));
  const auto wait = buckets.take(7, kThreeAMinute, now);
  ASSERT_TRUE(wait);
  EXPECT_EQ(*wait, Milliseconds{20'000});
  now += Milliseconds{19'999};
  EXPECT_FALSE(take(7));
  now += Milliseconds{1};
  EXPECT_TRUE(take(7));
  EXPECT_FALSE(take(7));
}

TEST_F(TokenBucketsTest, FillUpAgainAndNoFurther) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(take(7));
  now += Seconds{3600};
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(take(7));
  EXPECT_FALSE(take(7));
}

TEST_F(TokenBucketsTest, AreApartForEachKey) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(take(7));
  EXPECT_FALSE(take(7));
  EXPECT_TRUE(take(8));
}

TEST_F(TokenBucketsTest, LookWithoutTaking) {
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(buckets.find_wait(7, kThreeAMinute, now));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(take(7));
  EXPECT_EQ(buckets.find_wait(7, kThreeAMinute, now), Milliseconds{20'000});
}

TEST_F(TokenBucketsTest, HaveNoEndWithoutARate) {
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(buckets.take(7, Rate{0, Seconds{60}}, now));
}

// Whoever floods the table with keys does not free those who are held back.
TEST_F(TokenBucketsTest, ForgetTheFullestWhenThereIsNoRoom) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(take(7));
  for (std::uint64_t key = 100; key < 10'000; ++key) EXPECT_TRUE(take(key));
  EXPECT_FALSE(take(7));
}

TEST_F(TokenBucketsTest, GiveNoMoreToManyThreads) {
  std::atomic<int> taken{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 100; ++j) {
        if (!buckets.take(7, Rate{50, Seconds{60}}, now)) ++taken;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(taken, 50);
}

}  // namespace
}  // namespace mcph
