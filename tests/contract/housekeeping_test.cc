#include "store/housekeeping.h"

#include "store/store.h"
#include "store_test.h"

namespace mcph::store {
namespace {

// Drives the sweeper by hand, on a pool of its own.
class HousekeepingTest : public StoreTest {
 protected:
  std::string count(const std::string& table) { return sql("SELECT count(*) FROM mcph." + table); }

  Pool pool_{options(), Housekeeping::statements(), clock_};
  Database database_{pool_};
  Housekeeping housekeeping_{database_, clock_, log_};
};

TEST_F(HousekeepingTest, RemovesNothingThatIsLive) {
  const auto grant = given_grant(*store_, clock_.now());
  ASSERT_DONE(
      store_->tokens().redeem_code(grant.code.code_hash, make_tokens(grant, "1", clock_.now())));
  ASSERT_DONE(store_->sessions().terminate(hash_of("s"), clock_.now() + Seconds{1}));
  ASSERT_DONE(
      store_->signins().insert({hash_of("a"), hash_of("b"), "c", clock_.now() + Seconds{1}}));
  const auto removed = housekeeping_.sweep();
  ASSERT_TRUE(removed.ok()) << removed.error().detail;
  EXPECT_EQ(*removed, 0u);
}

TEST_F(HousekeepingTest, RemovesWhatExpired) {
  const auto grant = given_grant(*store_, clock_.now());
  ASSERT_DONE(
      store_->tokens().redeem_code(grant.code.code_hash, make_tokens(grant, "1", clock_.now())));
  ASSERT_DONE(store_->sessions().terminate(hash_of("s"), clock_.now() + Seconds{1}));
  ASSERT_DONE(
      store_->signins().insert({hash_of("a"), hash_of("b"), "c", clock_.now() + Seconds{1}}));
  oauth::Client dynamic = make_client("dynamic", clock_.now());
  dynamic.kind = oauth::ClientKind::kDynamic;
  dynamic.expires_at = clock_.now() + Seconds{1};
  ASSERT_DONE(store_->clients().insert(dynamic));

  ASSERT_DONE(store_->pushed_requests().insert(
      {hash_of("uri"), dynamic.id, "sealed", clock_.now() + Seconds{1}}));
  ASSERT_DONE(store_->registration_tokens().insert(
      {"office", hash_of("token"), clock_.now(), clock_.now() + Seconds{1}, 1, 0}));
  ASSERT_DONE(store_->replays().use_once(hash_of("jti"), clock_.now() + Seconds{1}));
  ASSERT_DONE(store_->plugin_kv().put({"notes", "", ""}, {"k", "v", {}, clock_.now() + Seconds{1}},
                                      {10, 100}));
  ASSERT_DONE(store_->plugin_kv().put({"notes", "", ""}, {"kept", "v", {}, {}}, {10, 100}));
  ASSERT_DONE(store_->sessions().set_log_level(hash_of("s"), mcp::Severity::kInfo,
                                               clock_.now() + Seconds{1}));

  clock_.advance(Seconds{600});  // the access token's life
  ASSERT_DONE(housekeeping_.sweep());
  EXPECT_EQ(count("access_token"), "0");
  EXPECT_EQ(count("terminated_session"), "0");
  EXPECT_EQ(count("session_state"), "0");
  EXPECT_EQ(count("signin"), "0");
  EXPECT_EQ(count("used_id"), "0");
  EXPECT_EQ(count("registration_token"), "0");
  EXPECT_EQ(count("pushed_request"), "0");
  EXPECT_EQ(count("client"), "1");
  EXPECT_EQ(count("refresh_token"), "1");
  EXPECT_EQ(count("authorization_code"), "1") << "a code used twice must still be recognised";

  clock_.advance(Seconds{2 * 86400});
  ASSERT_DONE(housekeeping_.sweep());
  EXPECT_EQ(count("refresh_token"), "0");
  EXPECT_EQ(count("authorization_code"), "0");
  EXPECT_EQ(count("grant_"), "1");

  clock_.advance(Housekeeping::kGrantMemory);
  ASSERT_DONE(housekeeping_.sweep());
  EXPECT_EQ(count("grant_"), "0");
  EXPECT_EQ(count("upstream_credential"), "0");
}

TEST_F(HousekeepingTest, ForgetsResponsesThatCanNoLongerBeReplayed) {
  const auto grant = given_grant(*store_, clock_.now());
  const auto first = make_tokens(grant, "1", clock_.now());
  ASSERT_DONE(store_->tokens().redeem_code(grant.code.code_hash, first));
  ASSERT_DONE(store_->tokens().rotate_refresh_token(
      first.refresh_hash, make_tokens(grant, "2", clock_.now()), clock_.now(), Seconds{30}));
  clock_.advance(Housekeeping::kResponseMemory);
  ASSERT_DONE(housekeeping_.sweep());
  EXPECT_EQ(count("refresh_token WHERE sealed_response IS NOT NULL"), "0");
  EXPECT_EQ(count("refresh_token"), "2");
}

TEST_F(HousekeepingTest, RemovesMoreThanOneBatch) {
  sql("INSERT INTO mcph.terminated_session SELECT sha256(i::text::bytea), to_timestamp(1) "
      "FROM generate_series(1, 2500) i");
  const auto removed = housekeeping_.sweep();
  ASSERT_TRUE(removed.ok());
  EXPECT_EQ(*removed, 2500u);
}

TEST_F(HousekeepingTest, LeavesTheWorkToTheHostThatHoldsTheLock) {
  sql("INSERT INTO mcph.terminated_session VALUES (sha256('x'), to_timestamp(1))");
  {
    const Held other_host(name_, "SELECT pg_advisory_lock(7882267366744614245)");
    EXPECT_EQ(*housekeeping_.sweep(), 0u);
  }
  EXPECT_EQ(*housekeeping_.sweep(), 1u);
}

TEST_F(HousekeepingTest, RunsByItselfInAStartedStore) {
  StoreOptions often = options();
  often.housekeeping_every = Milliseconds{10};
  const auto store = open_store(often);
  sql("INSERT INTO mcph.terminated_session VALUES (sha256('x'), to_timestamp(1))");
  store->start({});
  for (int tries = 0; tries < 500 && count("terminated_session") != "0"; ++tries) {
    std::this_thread::sleep_for(Milliseconds{10});
  }
  EXPECT_EQ(count("terminated_session"), "0");
}

}  // namespace
}  // namespace mcph::store
