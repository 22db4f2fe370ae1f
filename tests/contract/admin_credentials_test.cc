#include "store_test.h"

namespace mcph::store {
namespace {

class AdminCredentials : public StoreTest {
 protected:
  admin::AdminCredential credential(const std::string& name, std::optional<UnixTime> expires_at) {
    return {name, hash_of(name), clock_.now(), expires_at};
  }
};

TEST_F(AdminCredentials, AreFoundByTheirHash) {
  const auto expires_at = clock_.now() + Seconds{60};
  ASSERT_DONE(store_->admin_credentials().insert(credential("root", expires_at)));
  const auto found = store_->admin_credentials().find(hash_of("root"), clock_.now());
  ASSERT_TRUE(found.ok() && found->has_value());
  EXPECT_EQ((*found)->name, "root");
  EXPECT_EQ((*found)->token_hash, hash_of("root"));
  EXPECT_EQ((*found)->created_at, clock_.now());
  EXPECT_EQ((*found)->expires_at, expires_at);
  EXPECT_FALSE(store_->admin_credentials().find(hash_of("other"), clock_.now())->has_value());
}

TEST_F(AdminCredentials, AreAbsentFromTheSecondTheyExpire) {
  const auto expires_at = clock_.now() + Seconds{60};
  ASSERT_DONE(store_->admin_credentials().insert(credential("root", expires_at)));
  const auto find = [&](UnixTime now) {
    return store_->admin_credentials().find(hash_of("root"), now)->has_value();
  };
  EXPECT_TRUE(find(expires_at - Seconds{1}));
  EXPECT_FALSE(find(expires_at));
}

TEST_F(AdminCredentials, NeverExpireWhenTheyHaveNoExpiry) {
  ASSERT_DONE(store_->admin_credentials().insert(credential("root", std::nullopt)));
  const auto found = store_->admin_credentials().find(hash_of("root"), from_unix(4'000'000'000));
  ASSERT_TRUE(found.ok() && found->has_value());
  EXPECT_FALSE((*found)->expires_at.has_value());
}

TEST_F(AdminCredentials, HaveUniqueNames) {
  ASSERT_DONE(store_->admin_credentials().insert(credential("root", std::nullopt)));
  auto again = credential("root", std::nullopt);
  again.token_hash = hash_of("another");
  EXPECT_REFUSED(store_->admin_credentials().insert(again), Code::kConflict);
}

TEST_F(AdminCredentials, AreAbsentOnceRevoked) {
  ASSERT_DONE(store_->admin_credentials().insert(credential("root", std::nullopt)));
  sql("UPDATE mcph.admin_credential SET revoked_at = now()");
  EXPECT_FALSE(store_->admin_credentials().find(hash_of("root"), clock_.now())->has_value());
}

}  // namespace
}  // namespace mcph::store
