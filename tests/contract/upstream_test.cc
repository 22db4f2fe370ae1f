#include "store_test.h"

namespace mcph::store {
namespace {

constexpr Milliseconds kLong{60'000};

class Upstream : public StoreTest {
 protected:
  federation::UpstreamStore& upstream() { return store_->upstream(); }
  std::optional<std::int64_t> lease(std::int64_t version, Milliseconds duration = kLong) {
    const auto epoch = upstream().try_lease(grant_.id, version, duration);
    EXPECT_TRUE(epoch.ok());
    return epoch.ok() ? *epoch : std::nullopt;
  }
  std::optional<federation::StoredCredential> load() {
    const auto loaded = upstream().load(grant_.id);
    EXPECT_TRUE(loaded.ok());
    return loaded.ok() ? *loaded : std::nullopt;
  }

  const oauth::NewGrant grant_ = given_grant(*store_, clock_.now());
  const oauth::SealedCredential fresh_{"kek2", "wrapped2", "sealed2", clock_.now() + Seconds{7200},
                                       false};
};

TEST_F(Upstream, CredentialComesBackAsItWent) {
  const auto loaded = load();
  ASSERT_TRUE(loaded.has_value());
  const oauth::SealedCredential& given = grant_.user.credential;
  EXPECT_EQ(loaded->credential.kek_id, given.kek_id);
  EXPECT_EQ(loaded->credential.wrapped_key, given.wrapped_key);
  EXPECT_EQ(loaded->credential.sealed, given.sealed);
  EXPECT_EQ(loaded->credential.access_expires_at, given.access_expires_at);
  EXPECT_TRUE(loaded->credential.has_refresh_token);
  EXPECT_EQ(loaded->version, 1);
}

TEST_F(Upstream, CredentialIsAbsentForUnknownAndRevokedGrants) {
  EXPECT_FALSE(upstream().load(GrantId("nonsense"))->has_value());
  EXPECT_FALSE(upstream().load(make_grant("9", "", clock_.now()).id)->has_value());
  ASSERT_DONE(store_->grants().revoke(grant_.id, "test"));
  EXPECT_FALSE(load().has_value());
  EXPECT_FALSE(lease(1).has_value());
}

TEST_F(Upstream, LeaseHasOneHolderAmongManyThreadsAndHosts) {
  const auto other = open_store();
  std::atomic<int> won{0};
  at_once(16, [&](int i) {
    const auto epoch = (i % 2 == 0 ? *store_ : *other).upstream().try_lease(grant_.id, 1, kLong);
    if (epoch.ok() && epoch->has_value()) ++won;
  });
  EXPECT_EQ(won, 1);
}

TEST_F(Upstream, LeaseIsRefusedForAnOutdatedVersion) {
  const auto epoch = lease(1);
  ASSERT_TRUE(epoch.has_value());
  ASSERT_DONE(upstream().save(grant_.id, *epoch, fresh_));
  EXPECT_FALSE(lease(1).has_value());
  EXPECT_TRUE(lease(2).has_value());
}

TEST_F(Upstream, SaveStoresTheNextVersionAndEndsTheLease) {
  const auto epoch = lease(1);
  ASSERT_DONE(upstream().save(grant_.id, *epoch, fresh_));
  const auto loaded = load();
  EXPECT_EQ(loaded->version, 2);
  EXPECT_EQ(loaded->credential.sealed, "sealed2");
  EXPECT_EQ(loaded->credential.kek_id, "kek2");
  EXPECT_EQ(loaded->credential.access_expires_at, fresh_.access_expires_at);
  EXPECT_FALSE(loaded->credential.has_refresh_token);
  EXPECT_REFUSED(upstream().save(grant_.id, *epoch, fresh_), Code::kConflict);
}

TEST_F(Upstream, LeaseThatRanOutIsTakenOverAndItsHolderCannotSave) {
  const auto dead_host = lease(1, Milliseconds{0});
  ASSERT_TRUE(dead_host.has_value());
  const auto successor = lease(1);
  ASSERT_TRUE(successor.has_value());
  EXPECT_NE(*dead_host, *successor);
  EXPECT_REFUSED(upstream().save(grant_.id, *dead_host, fresh_), Code::kConflict);
  EXPECT_REFUSED(upstream().mark_dead(grant_.id, *dead_host, "stale"), Code::kConflict);
  ASSERT_DONE(upstream().release(grant_.id, *dead_host));
  EXPECT_FALSE(lease(1).has_value()) << "somebody else's release must not end the lease";
  ASSERT_DONE(upstream().save(grant_.id, *successor, fresh_));
}

TEST_F(Upstream, LeaseThatRanOutUntakenStillSavesWhatPingOneRotated) {
  const auto slow = lease(1, Milliseconds{0});
  ASSERT_DONE(upstream().save(grant_.id, *slow, fresh_));
  EXPECT_EQ(load()->version, 2);
}

TEST_F(Upstream, LeaseIsFreeAgainOnceReleased) {
  const auto epoch = lease(1);
  EXPECT_FALSE(lease(1).has_value());
  ASSERT_DONE(upstream().release(grant_.id, *epoch));
  EXPECT_TRUE(lease(1).has_value());
}

TEST_F(Upstream, DeadCredentialEndsTheGrant) {
  const auto tokens = make_tokens(grant_, "1", clock_.now());
  ASSERT_DONE(store_->tokens().redeem_code(grant_.code.code_hash, tokens));
  const auto epoch = lease(1);
  ASSERT_DONE(upstream().mark_dead(grant_.id, *epoch, "upstream_invalid_grant"));
  EXPECT_FALSE(load().has_value());
  EXPECT_EQ((*store_->grants().find(grant_.id))->revoke_reason, "upstream_invalid_grant");
  EXPECT_FALSE(store_->tokens().find_access_token(tokens.access_hash, clock_.now())->has_value());
}

TEST_F(Upstream, GrantRevokedDuringARefreshIsNotRevived) {
  const auto epoch = lease(1);
  ASSERT_DONE(store_->grants().revoke(grant_.id, "by the user"));
  EXPECT_REFUSED(upstream().save(grant_.id, *epoch, fresh_), Code::kConflict);
  EXPECT_FALSE(load().has_value());
}

}  // namespace
}  // namespace mcph::store
