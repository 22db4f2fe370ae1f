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
