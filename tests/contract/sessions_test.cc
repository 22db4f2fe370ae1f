#include <atomic>

#include "store_test.h"

namespace mcph::store {
namespace {

using Sessions = StoreTest;

TEST_F(Sessions, AreAliveUntilTerminated) {
  EXPECT_EQ(store_->sessions().load(hash_of("s"))->terminated, false);
  ASSERT_DONE(store_->sessions().terminate(hash_of("s"), clock_.now() + Seconds{60}));
  EXPECT_EQ(store_->sessions().load(hash_of("s"))->terminated, true);
  EXPECT_EQ(store_->sessions().load(hash_of("t"))->terminated, false);
}

TEST_F(Sessions, AreTerminatedForEveryHost) {
  const auto other = open_store();
  ASSERT_DONE(store_->sessions().terminate(hash_of("s"), clock_.now() + Seconds{60}));
  EXPECT_EQ(other->sessions().load(hash_of("s"))->terminated, true);
}

TEST_F(Sessions, MayBeTerminatedAgainAndKeepTheLaterExpiry) {
  ASSERT_DONE(store_->sessions().terminate(hash_of("s"), clock_.now() + Seconds{60}));
  ASSERT_DONE(store_->sessions().terminate(hash_of("s"), clock_.now() + Seconds{30}));
  EXPECT_EQ(sql("SELECT extract(epoch FROM expires_at)::bigint FROM mcph.terminated_session"),
            std::to_string(to_unix(clock_.now()) + 60));
}

TEST_F(Sessions, BeginWithNothingSet) {
  EXPECT_EQ(*store_->sessions().load(hash_of("s")), mcp::SessionState{});
}

TEST_F(Sessions, ShowEveryHostWhatOneOfThemSet) {
  const auto other = open_store();
  const UnixTime end = clock_.now() + Seconds{60};
  ASSERT_DONE(store_->sessions().set_log_level(hash_of("s"), mcp::Severity::kDebug, end));
  ASSERT_DONE(other->sessions().set_log_level(hash_of("s"), mcp::Severity::kAlert, end));
  ASSERT_DONE(store_->sessions().set_capabilities(hash_of("s"), 17, end));
  ASSERT_DONE(other->sessions().subscribe(hash_of("s"), hash_of("uri 1"), 10, end));
  ASSERT_DONE(store_->sessions().subscribe(hash_of("s"), hash_of("uri 2"), 10, end));
  for (Store* store : {store_.get(), other.get()}) {
    const auto state = store->sessions().load(hash_of("s"));
    ASSERT_TRUE(state.ok());
    EXPECT_EQ(state->log_level, mcp::Severity::kAlert);
    EXPECT_EQ(state->capabilities, 17);
    EXPECT_EQ(state->subscriptions, (std::vector{hash_of("uri 1"), hash_of("uri 2")}));
    EXPECT_FALSE(state->terminated);
  }
  EXPECT_EQ(*store_->sessions().load(hash_of("t")), mcp::SessionState{});
}

TEST_F(Sessions, SubscribeOnceHoweverOftenAsked) {
  const UnixTime end = clock_.now() + Seconds{60};
  auto& sessions = store_->sessions();
  ASSERT_DONE(sessions.subscribe(hash_of("s"), hash_of("uri"), 1, end));
  ASSERT_DONE(sessions.subscribe(hash_of("s"), hash_of("uri"), 1, end));
  EXPECT_EQ(sessions.load(hash_of("s"))->subscriptions.size(), 1u);
  ASSERT_DONE(sessions.unsubscribe(hash_of("s"), hash_of("uri")));
  ASSERT_DONE(sessions.unsubscribe(hash_of("s"), hash_of("uri")));
  EXPECT_EQ(sessions.load(hash_of("s"))->subscriptions.size(), 0u);
}

TEST_F(Sessions, HaveALimitOfSubscriptionsThatRacersKeepToo) {
  const UnixTime end = clock_.now() + Seconds{60};
  std::atomic<int> taken{0};
  at_once(8, [&](int i) {
    const auto done =
        store_->sessions().subscribe(hash_of("s"), hash_of(std::to_string(i)), 3, end);
    EXPECT_TRUE(done.ok() || done.error().code == Code::kLimit);
    if (done.ok()) ++taken;
  });
  EXPECT_EQ(taken, 3);
  EXPECT_EQ(store_->sessions().load(hash_of("s"))->subscriptions.size(), 3u);
}

TEST_F(Sessions, DoNotShowTheirUrisToWhoReadsTheDatabase) {
  ASSERT_DONE(store_->sessions().subscribe(hash_of("s"), hash_of("uri"), 3, clock_.now()));
  EXPECT_EQ(sql("SELECT octet_length(subscriptions[1]) FROM mcph.session_state"), "64");
}

}  // namespace
}  // namespace mcph::store
