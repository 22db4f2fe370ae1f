#include <atomic>

#include "store_test.h"

namespace mcph::store {
namespace {

constexpr Milliseconds kLease{60'000};

class Revocations : public StoreTest {
 protected:
  federation::RevocationStore& revocations() { return store_->revocations(); }
  std::vector<federation::PendingRevocation> due() {
    auto taken = revocations().take_due(100, kLease);
    EXPECT_TRUE(taken.ok());
    return taken.ok() ? std::move(taken).value() : std::vector<federation::PendingRevocation>{};
  }

  const oauth::NewGrant grant_ = given_grant(*store_, clock_.now());
};

TEST_F(Revocations, AreEmptyWhileNothingHasEnded) {
  EXPECT_TRUE(due().empty());
}

TEST_F(Revocations, HoldTheCredentialOfARevokedGrantOnce) {
  ASSERT_DONE(store_->grants().revoke(grant_.id, "user"));
  ASSERT_DONE(store_->grants().revoke(grant_.id, "user"));
  const auto pending = due();
  ASSERT_EQ(pending.size(), 1u);
  const oauth::SealedCredential& given = grant_.user.credential;
  EXPECT_EQ(pending[0].grant, grant_.id);
  EXPECT_EQ(pending[0].credential.kek_id, given.kek_id);
  EXPECT_EQ(pending[0].credential.wrapped_key, given.wrapped_key);
  EXPECT_EQ(pending[0].credential.sealed, given.sealed);
  EXPECT_EQ(pending[0].attempts, 1);
  EXPECT_GT(to_unix(pending[0].created_at), 0);
}

TEST_F(Revocations, HoldTheCredentialsOfADeletedClient) {
  ASSERT_DONE(store_->clients().remove(grant_.client));
  EXPECT_EQ(due().size(), 1u);
}

class ExchangedRevocations : public Revocations {
 protected:
  void exchange(Seconds lifetime) {
    auto& exchanges = store_->exchanges();
    const auto epoch = exchanges.try_lease(key_, 0, kLease);
    ASSERT_TRUE(epoch.ok() && *epoch);
    ASSERT_DONE(exchanges.save(key_, **epoch,
                               {"kek", "wrapped", "sealed", clock_.now() + lifetime, false}));
  }
  const federation::ExchangeKey key_{grant_.id, "https://api.example read"};
};

TEST_F(ExchangedRevocations, HoldWhatWasExchangedForTheGrantToo) {
  exchange(Seconds{600});
  ASSERT_DONE(store_->grants().revoke(grant_.id, "user"));
  const auto pending = due();
  ASSERT_EQ(pending.size(), 2u);
  const auto& exchanged = pending[0].api.empty() ? pending[1] : pending[0];
  EXPECT_EQ(exchanged.grant, grant_.id);
  EXPECT_EQ(exchanged.api, key_.api);
  EXPECT_EQ(exchanged.credential.kek_id, "kek");
  EXPECT_EQ(exchanged.credential.wrapped_key, "wrapped");
  EXPECT_EQ(exchanged.credential.sealed, "sealed");
  EXPECT_FALSE(exchanged.credential.has_refresh_token);
}

TEST_F(ExchangedRevocations, HoldItWhenTheClientIsDeleted) {
  exchange(Seconds{600});
  ASSERT_DONE(store_->clients().remove(grant_.client));
  EXPECT_EQ(due().size(), 2u);
}

TEST_F(ExchangedRevocations, DoNotHoldWhatHasRunOutOrWasNeverMade) {
  exchange(-Seconds{1'000'000'000});  // long ago for the database's clock as well
  ASSERT_TRUE(store_->exchanges().try_lease({grant_.id, "another"}, 0, kLease).ok());
  ASSERT_DONE(store_->grants().revoke(grant_.id, "user"));
  EXPECT_EQ(due().size(), 1u);
}

TEST_F(ExchangedRevocations, DoNotHoldWhatPingOneHasEndedItself) {
  exchange(Seconds{600});
  const auto epoch = store_->upstream().try_lease(grant_.id, 1, kLease);
  ASSERT_DONE(store_->upstream().mark_dead(grant_.id, **epoch, "upstream_invalid_grant"));
  EXPECT_TRUE(due().empty());
}

TEST_F(Revocations, DoNotHoldWhatPingOneHasEndedItself) {
  const auto epoch = store_->upstream().try_lease(grant_.id, 1, kLease);
  ASSERT_DONE(store_->upstream().mark_dead(grant_.id, **epoch, "upstream_invalid_grant"));
  EXPECT_TRUE(due().empty());
}

TEST_F(Revocations, GoToOneHostOfMany) {
  const auto other = open_store();
  ASSERT_DONE(store_->grants().revoke(grant_.id, "user"));
  std::atomic<int> taken{0};
  at_once(16, [&](int i) {
    const auto pending = (i % 2 == 0 ? *store_ : *other).revocations().take_due(10, kLease);
    if (pending.ok()) taken += static_cast<int>(pending->size());
  });
  EXPECT_EQ(taken, 1);
}

TEST_F(Revocations, ComeBackWhenTheirHostDies) {
  ASSERT_DONE(store_->grants().revoke(grant_.id, "user"));
  EXPECT_EQ(revocations().take_due(10, Milliseconds{0})->size(), 1u);
  const auto again = due();
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].attempts, 2);
}

TEST_F(Revocations, ArePutOffAndFinished) {
  ASSERT_DONE(store_->grants().revoke(grant_.id, "user"));
  const std::int64_t id = due().at(0).id;
  ASSERT_DONE(revocations().postpone(id, kLease));
  EXPECT_TRUE(due().empty());
  ASSERT_DONE(revocations().postpone(id, Milliseconds{0}));
  EXPECT_EQ(due().size(), 1u);
  ASSERT_DONE(revocations().finish(id));
  ASSERT_DONE(revocations().postpone(id, Milliseconds{0}));
  EXPECT_TRUE(due().empty());
}

}  // namespace
}  // namespace mcph::store
