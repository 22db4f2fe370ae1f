#include <condition_variable>
#include <mutex>

#include "store_test.h"

namespace mcph::store {
namespace {

using Kind = Invalidation::Kind;

// Another host, and all it hears.
class NotificationsTest : public StoreTest {
 protected:
  NotificationsTest() {
    other_ = open_store();
    Store::Hearing hearing;
    hearing.invalidate = [this](const Invalidation& invalidation) {
      const std::lock_guard lock(mutex_);
      heard_.push_back(invalidation);
      changed_.notify_all();
    };
    hearing.forget_all = [this] {
      const std::lock_guard lock(mutex_);
      ++connects_;
      changed_.notify_all();
    };
    other_->start(std::move(hearing));
    EXPECT_TRUE(wait([this] { return connects_ == 1; }));
  }
  ~NotificationsTest() override { other_.reset(); }

  bool wait(const std::function<bool()>& condition) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, Seconds{20}, condition);
  }
  bool hears(Kind kind, const std::string& id) {
    return wait([&] {
      return std::find(heard_.begin(), heard_.end(), Invalidation{kind, id}) != heard_.end();
    });
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Invalidation> heard_;
  int connects_ = 0;
  std::unique_ptr<Store> other_;
};

TEST_F(NotificationsTest, TellOtherHostsOfARevokedGrant) {
  const auto grant = given_grant(*store_, clock_.now());
  ASSERT_DONE(store_->grants().revoke(grant.id, "test"));
  EXPECT_TRUE(hears(Kind::kGrant, grant.id.str()));
}

TEST_F(NotificationsTest, TellOtherHostsOfADeadCredential) {
  const auto grant = given_grant(*store_, clock_.now());
  const auto epoch = *store_->upstream().try_lease(grant.id, 1, Milliseconds{1000});
  ASSERT_DONE(store_->upstream().mark_dead(grant.id, *epoch, "test"));
  EXPECT_TRUE(hears(Kind::kGrant, grant.id.str()));
}

TEST_F(NotificationsTest, TellOtherHostsOfEveryChangeOfAClient) {
  for (const char* id : {"updated", "rotated", "removed"}) {
    ASSERT_DONE(store_->clients().insert(make_client(id, clock_.now())));
  }
  ASSERT_DONE(store_->clients().update(make_client("updated", clock_.now())));
  ASSERT_DONE(store_->clients().add_secret(ClientId("rotated"), hash_of("s"), clock_.now()));
  ASSERT_DONE(store_->clients().remove(ClientId("removed")));
  EXPECT_TRUE(hears(Kind::kClient, "updated"));
  EXPECT_TRUE(hears(Kind::kClient, "rotated"));
  EXPECT_TRUE(hears(Kind::kClient, "removed"));
}

TEST_F(NotificationsTest, TellOtherHostsOfARevokedToken) {
  const auto grant = given_grant(*store_, clock_.now());
  const auto tokens = make_tokens(grant, "1", clock_.now());
  ASSERT_DONE(store_->tokens().redeem_code(grant.code.code_hash, tokens));
  ASSERT_DONE(store_->tokens().revoke_access_token(tokens.access_hash, grant.client));
  EXPECT_TRUE(hears(Kind::kToken, tokens.access_hash));
}

TEST_F(NotificationsTest, TellOtherHostsOfATerminatedSession) {
  ASSERT_DONE(store_->sessions().terminate(hash_of("s"), clock_.now() + Seconds{60}));
  EXPECT_TRUE(hears(Kind::kSession, hash_of("s")));
}

TEST_F(NotificationsTest, TellOtherHostsOfEveryChangeOfATask) {
  mcp::StoredTask task;
  task.id = "task-of-at-least-22-bytes";
  task.created_at = task.updated_at = clock_.now();
  task.expires_at = clock_.now() + Seconds{60};
  ASSERT_DONE(store_->tasks().create(task, Milliseconds{1000}, {1, 1}));
  task.status = mcp::TaskStatus::kCancelled;
  task.version = 2;
  ASSERT_DONE(store_->tasks().replace(task, Milliseconds{1000}));
  EXPECT_TRUE(hears(Kind::kTask, task.id));
}

TEST_F(NotificationsTest, TellOtherHostsWhatAClientSetForItsSession) {
  const UnixTime end = clock_.now() + Seconds{60};
  ASSERT_DONE(store_->sessions().set_log_level(hash_of("l"), mcp::Severity::kInfo, end));
  ASSERT_DONE(store_->sessions().set_capabilities(hash_of("c"), 1, end));
  ASSERT_DONE(store_->sessions().subscribe(hash_of("s"), hash_of("uri"), 1, end));
  EXPECT_TRUE(hears(Kind::kState, hash_of("l")));
  EXPECT_TRUE(hears(Kind::kState, hash_of("c")));
  EXPECT_TRUE(hears(Kind::kState, hash_of("s")));
}

TEST_F(NotificationsTest, AreListenedToAgainAfterTheConnectionWasKilled) {
  sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
      "WHERE datname = current_database() AND application_name = 'mcp-host listen'");
  EXPECT_TRUE(wait([this] { return connects_ == 2; })) << "caches must be told to forget";
  ASSERT_DONE(store_->sessions().terminate(hash_of("s"), clock_.now() + Seconds{60}));
  EXPECT_TRUE(hears(Kind::kSession, hash_of("s")));
}

TEST_F(NotificationsTest, AreListenedToAgainAfterTheServerWasRestarted) {
  cluster().stop();
  std::this_thread::sleep_for(Milliseconds{50});
  cluster().start();
  EXPECT_TRUE(wait([this] { return connects_ == 2; }));
  ASSERT_DONE(store_->sessions().terminate(hash_of("s"), clock_.now() + Seconds{60}));
  EXPECT_TRUE(hears(Kind::kSession, hash_of("s")));
}

TEST_F(NotificationsTest, OfKindsNobodyKnowsAreIgnored) {
  sql("SELECT pg_notify('mcph', 'novelty:1'), pg_notify('mcph', 'token:no hex'), "
      "pg_notify('mcph', '')");
  ASSERT_DONE(store_->sessions().terminate(hash_of("s"), clock_.now() + Seconds{60}));
  EXPECT_TRUE(hears(Kind::kSession, hash_of("s")));
  const std::lock_guard lock(mutex_);
  EXPECT_EQ(heard_.size(), 1u);
}

TEST(ParseInvalidation, ReadsEveryKind) {
  EXPECT_EQ(parse_invalidation("grant:g"), (Invalidation{Kind::kGrant, "g"}));
  EXPECT_EQ(parse_invalidation("client:https://c:1/"),
            (Invalidation{Kind::kClient, "https://c:1/"}));
  EXPECT_EQ(parse_invalidation("token:00ff"),
            (Invalidation{Kind::kToken, std::string("\0\xff", 2)}));
  EXPECT_EQ(parse_invalidation("session:"), (Invalidation{Kind::kSession, ""}));
  EXPECT_EQ(parse_invalidation("task:t"), (Invalidation{Kind::kTask, "t"}));
  EXPECT_FALSE(parse_invalidation("grant").has_value());
  EXPECT_FALSE(parse_invalidation("token:0").has_value());
}

}  // namespace
}  // namespace mcph::store
