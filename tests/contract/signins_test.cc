#include "store_test.h"

namespace mcph::store {
namespace {

class SignIns : public StoreTest {
 protected:
  SignIns() { EXPECT_TRUE(store_->signins().insert(signin_).ok()); }

  auto take(const std::string& browser) {
    return store_->signins().take(signin_.state_hash, browser, clock_.now());
  }

  const oauth::SignIn signin_{hash_of("state"), hash_of("browser"), std::string("sea\0led", 7),
                              clock_.now() + Seconds{600}};
};

TEST_F(SignIns, AreTakenOnce) {
  const auto taken = take(hash_of("browser"));
  ASSERT_TRUE(taken.ok() && taken->has_value());
  EXPECT_EQ((*taken)->state_hash, signin_.state_hash);
  EXPECT_EQ((*taken)->browser_hash, signin_.browser_hash);
  EXPECT_EQ((*taken)->sealed, signin_.sealed);
  EXPECT_EQ((*taken)->expires_at, signin_.expires_at);
  EXPECT_FALSE(take(hash_of("browser"))->has_value());
}

TEST_F(SignIns, StayForTheirBrowserWhenAnotherAsks) {
  EXPECT_FALSE(take(hash_of("thief"))->has_value());
  EXPECT_TRUE(take(hash_of("browser"))->has_value());
}

TEST_F(SignIns, AreAbsentFromTheSecondTheyExpire) {
  clock_.advance(Seconds{600});
  EXPECT_FALSE(take(hash_of("browser"))->has_value());
}

TEST_F(SignIns, AreTakenByOneOfManyAtOnce) {
  std::atomic<int> won{0};
  at_once(16, [&](int) {
    const auto taken = take(hash_of("browser"));
    if (taken.ok() && taken->has_value()) ++won;
  });
  EXPECT_EQ(won, 1);
}

TEST_F(SignIns, InsertedAgainAfterALostAnswerAreTheSame) {
  ASSERT_DONE(store_->signins().insert(signin_));
  EXPECT_TRUE(take(hash_of("browser"))->has_value());
}

TEST_F(SignIns, InsertedAgainByTheirBrowserAreReplaced) {
  oauth::SignIn again = signin_;
  again.sealed = "later";
  ASSERT_DONE(store_->signins().insert(again));
  const auto taken = take(hash_of("browser"));
  ASSERT_TRUE(taken.ok() && taken->has_value());
  EXPECT_EQ((*taken)->sealed, "later");
}

TEST_F(SignIns, AreNotReplacedByAnotherBrowser) {
  oauth::SignIn foreign = signin_;
  foreign.browser_hash = hash_of("other");
  foreign.sealed = "planted";
  ASSERT_DONE(store_->signins().insert(foreign));
  const auto taken = take(hash_of("browser"));
  ASSERT_TRUE(taken.ok() && taken->has_value());
  EXPECT_EQ((*taken)->sealed, signin_.sealed);
}

}  // namespace
}  // namespace mcph::store
