#include <atomic>

#include "store_test.h"

namespace mcph::store {
namespace {

constexpr Milliseconds kLong{60'000};

class Exchanges : public StoreTest {
 protected:
  federation::ExchangeStore& exchanges() { return store_->exchanges(); }
  std::optional<std::int64_t> lease(std::int64_t version, Milliseconds duration = kLong) {
    const auto epoch = exchanges().try_lease(key_, version, duration);
    EXPECT_TRUE(epoch.ok());
    return epoch.ok() ? *epoch : std::nullopt;
  }
  std::optional<federation::StoredCredential> load() {
    const auto loaded = exchanges().load(key_);
    EXPECT_TRUE(loaded.ok());
    return loaded.ok() ? *loaded : std::nullopt;
  }

  const oauth::NewGrant grant_ = given_grant(*store_, clock_.now());
  const federation::ExchangeKey key_{grant_.id, "https://api.example read"};
  const oauth::SealedCredential token_{"kek", "wrapped", "sealed", clock_.now() + Seconds{60},
                                       false};
};

TEST_F(Exchanges, AreAbsentUntilOneIsSaved) {
  EXPECT_FALSE(load().has_value());
  const auto epoch = lease(0);
  ASSERT_TRUE(epoch.has_value());
  EXPECT_FALSE(load().has_value());
  ASSERT_DONE(exchanges().save(key_, *epoch, token_));
  const auto loaded = load();
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(loaded->version, 1);
  EXPECT_EQ(loaded->credential.kek_id, "kek");
  EXPECT_EQ(loaded->credential.wrapped_key, "wrapped");
  EXPECT_EQ(loaded->credential.sealed, "sealed");
  EXPECT_EQ(loaded->credential.access_expires_at, token_.access_expires_at);
}

TEST_F(Exchanges, LeaseHasOneHolderAmongManyThreadsAndHosts) {
  const auto other = open_store();
  std::atomic<int> won{0};
  at_once(16, [&](int i) {
    const auto epoch = (i % 2 == 0 ? *store_ : *other).exchanges().try_lease(key_, 0, kLong);
    if (epoch.ok() && epoch->has_value()) ++won;
  });
  EXPECT_EQ(won, 1);
}

TEST_F(Exchanges, LeaseIsRefusedForAnOutdatedVersion) {
  ASSERT_DONE(exchanges().save(key_, *lease(0), token_));
  EXPECT_FALSE(lease(0).has_value());
  EXPECT_TRUE(lease(1).has_value());
}

TEST_F(Exchanges, NothingIsTakenFromWhoLostTheLease) {
  const auto lost = lease(0, Milliseconds{0});
  const auto epoch = lease(0);
  ASSERT_TRUE(epoch.has_value());
  EXPECT_REFUSED(exchanges().save(key_, *lost, token_), Code::kConflict);
  ASSERT_DONE(exchanges().release(key_, *lost));
  EXPECT_FALSE(lease(0).has_value());
  ASSERT_DONE(exchanges().release(key_, *epoch));
  EXPECT_TRUE(lease(0).has_value());
}

TEST_F(Exchanges, KeepApisApart) {
  ASSERT_DONE(exchanges().save(key_, *lease(0), token_));
  const federation::ExchangeKey other{grant_.id, "https://other.example read"};
  EXPECT_FALSE(exchanges().load(other)->has_value());
  EXPECT_TRUE(exchanges().try_lease(other, 0, kLong)->has_value());
}

TEST_F(Exchanges, EndWithTheirGrant) {
  ASSERT_DONE(exchanges().save(key_, *lease(0), token_));
  ASSERT_DONE(store_->grants().revoke(grant_.id, "test"));
  EXPECT_FALSE(load().has_value());
  EXPECT_FALSE(lease(1).has_value());
  EXPECT_FALSE(lease(0).has_value());
  EXPECT_EQ(sql("SELECT count(*) FROM mcph.exchanged_token"), "0");
}

}  // namespace
}  // namespace mcph::store
