#include <atomic>

#include "store_test.h"

namespace mcph::store {
namespace {

class RegistrationTokens : public StoreTest {
 protected:
  oauth::RegistrationTokenStore& tokens() { return store_->registration_tokens(); }
  oauth::RegistrationToken some(const std::string& name, std::int64_t uses_max = 1) {
    return {name, hash_of(name), clock_.now(), clock_.now() + Seconds{60}, uses_max, 0};
  }
  bool use(const std::string& name) { return *tokens().use(hash_of(name), clock_.now()); }
};

TEST_F(RegistrationTokens, ComeBackAsTheyWent) {
  ASSERT_DONE(tokens().insert(some("b", 3)));
  ASSERT_DONE(tokens().insert(some("a")));
  EXPECT_TRUE(use("b"));
  const auto all = *tokens().list();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].name, "a");
  EXPECT_EQ(all[1].token_hash, hash_of("b"));
  EXPECT_EQ(all[1].created_at, clock_.now());
  EXPECT_EQ(all[1].expires_at, clock_.now() + Seconds{60});
  EXPECT_EQ(all[1].uses_max, 3);
  EXPECT_EQ(all[1].uses, 1);
}

TEST_F(RegistrationTokens, HaveNamesOfTheirOwn) {
  ASSERT_DONE(tokens().insert(some("a")));
  EXPECT_REFUSED(tokens().insert(some("a")), Code::kConflict);
  ASSERT_DONE(tokens().remove("a"));
  EXPECT_REFUSED(tokens().remove("a"), Code::kNotFound);
  EXPECT_FALSE(use("a"));
}

TEST_F(RegistrationTokens, AreUsedNoMoreThanTheyMayAtOnceOrLater) {
  ASSERT_DONE(tokens().insert(some("a", 5)));
  std::atomic<int> used{0};
  at_once(32, [&](int) { used += use("a") ? 1 : 0; });
  EXPECT_EQ(used, 5);
  EXPECT_FALSE(use("a"));
}

TEST_F(RegistrationTokens, ExpireToTheSecond) {
  ASSERT_DONE(tokens().insert(some("a", 5)));
  clock_.advance(Seconds{59});
  EXPECT_TRUE(use("a"));
  clock_.advance(Seconds{1});
  EXPECT_FALSE(use("a"));
}

}  // namespace
}  // namespace mcph::store
