#include "admin/bearer_token.h"

#include <gtest/gtest.h>

#include "crypto/hash.h"
#include "fakes/memory_admin_credential_store.h"
#include "support/fake_clock.h"
#include "support/fake_random.h"

namespace mcph::admin {
namespace {

class AdminToken : public ::testing::Test {
 protected:
  std::string issue(const std::string& name, std::optional<Seconds> lifetime = {}) {
    const auto token = issue_token(store_, name, lifetime, clock_, random_);
    EXPECT_TRUE(token.ok());
    return token.ok() ? std::string(token->reveal()) : "";
  }
  test::FakeClock clock_;
  test::FakeRandom random_;
  test::MemoryAdminCredentialStore store_;
};

TEST_F(AdminToken, OpensTheDoorForTheOneItWasMadeFor) {
  const auto token = issue("alice");
  EXPECT_EQ(token.substr(0, kTokenPrefix.size()), kTokenPrefix);
  const auto found = authenticate(store_, token, clock_.now());
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->name, "alice");
}

TEST_F(AdminToken, IsKeptAsItsHashAlone) {
  const auto token = issue("alice");
  EXPECT_EQ(authenticate(store_, token, clock_.now())->token_hash, crypto::sha256(token));
}

TEST_F(AdminToken, IsRefusedWhenItIsNotExactlyRight) {
  const auto token = issue("alice");
  for (const std::string& wrong :
       {token + "x", token.substr(0, token.size() - 1), token.substr(kTokenPrefix.size()),
        crypto::sha256(token), std::string(), std::string("mcp_admin_")}) {
    const auto found = authenticate(store_, wrong, clock_.now());
    ASSERT_FALSE(found.ok());
    EXPECT_EQ(found.error().code, Code::kUnauthorized);
  }
}

TEST_F(AdminToken, TakesTheSameWayToEveryAnswer) {
  const auto token = issue("alice");
  for (const auto* text : {token.c_str(), "garbage", ""}) {
    store_.finds = 0;
    (void)authenticate(store_, text, clock_.now());
    EXPECT_EQ(store_.finds, 1) << text;
  }
}

TEST_F(AdminToken, EndsWithItsLifetime) {
  const auto token = issue("alice", Seconds(60));
  clock_.advance(Seconds(59));
  EXPECT_TRUE(authenticate(store_, token, clock_.now()).ok());
  clock_.advance(Seconds(1));
  EXPECT_FALSE(authenticate(store_, token, clock_.now()).ok());
}

TEST_F(AdminToken, NeedsANameOfItsOwn) {
  issue("alice");
  EXPECT_EQ(issue_token(store_, "alice", {}, clock_, random_).error().code, Code::kConflict);
}

}  // namespace
}  // namespace mcph::admin
