#include "federation/token_cache.h"

#include <gtest/gtest.h>

namespace mcph::federation {
namespace {

const UnixTime kNow = from_unix(1'800'000'000);

plugins::UpstreamTokenPtr token(std::int64_t version) {
  auto made = std::make_shared<plugins::UpstreamToken>();
  made->version = version;
  return made;
}

GrantId grant(int n) {
  return GrantId("grant-" + std::to_string(n));
}

TEST(TokenCache, FindsATokenUntilItIsDue) {
  TokenCache cache(100);
  cache.put(grant(1), token(1), kNow + Seconds{10}, kNow, cache.ticket(grant(1)));
  EXPECT_NE(cache.find(grant(1), kNow + Seconds{9}), nullptr);
  EXPECT_EQ(cache.find(grant(1), kNow + Seconds{10}), nullptr);
  EXPECT_EQ(cache.find(grant(2), kNow), nullptr);
}

TEST(TokenCache, NeverReplacesANewerVersion) {
  TokenCache cache(100);
  const auto ticket = cache.ticket(grant(1));
  cache.put(grant(1), token(2), kNow + Seconds{10}, kNow, ticket);
  cache.put(grant(1), token(1), kNow + Seconds{99}, kNow, ticket);
  EXPECT_EQ(cache.find(grant(1), kNow)->version, 2);
  cache.put(grant(1), token(3), kNow + Seconds{10}, kNow, ticket);
  EXPECT_EQ(cache.find(grant(1), kNow)->version, 3);
}

TEST(TokenCache, RefusesWhatWasLoadedBeforeARevocation) {
  TokenCache cache(100);
  const auto before = cache.ticket(grant(1));
  cache.forget(grant(1));
  cache.put(grant(1), token(1), kNow + Seconds{10}, kNow, before);
  EXPECT_EQ(cache.find(grant(1), kNow), nullptr);
  const auto again = cache.ticket(grant(1));
  cache.forget_all();
  cache.put(grant(1), token(1), kNow + Seconds{10}, kNow, again);
  EXPECT_EQ(cache.find(grant(1), kNow), nullptr);
}

TEST(TokenCache, ForgetsOneOrAll) {
  TokenCache cache(100);
  for (int i = 0; i < 3; ++i) {
    cache.put(grant(i), token(1), kNow + Seconds{10}, kNow, cache.ticket(grant(i)));
  }
  cache.forget(grant(0));
  EXPECT_EQ(cache.find(grant(0), kNow), nullptr);
  EXPECT_NE(cache.find(grant(1), kNow), nullptr);
  cache.forget_all();
  EXPECT_EQ(cache.size(), 0u);
}

TEST(TokenCache, StaysWithinItsBound) {
  TokenCache cache(64);
  for (int i = 0; i < 1000; ++i) {
    cache.put(grant(i), token(1), kNow + Seconds{10}, kNow, cache.ticket(grant(i)));
    EXPECT_NE(cache.find(grant(i), kNow), nullptr);
  }
  EXPECT_LE(cache.size(), 64u);
}

}  // namespace
}  // namespace mcph::federation
