// When a revocation returns, every host has dropped what it remembered.
#include "store/barrier.h"

#include <stdio.h>

#include <atomic>
#include <cstdio>

#include "store_test.h"

namespace mcph::store {
namespace {

// A host that counts what it heard, and may take its time with it.
class Listener {
 public:
  Listener(std::unique_ptr<Store> store, Milliseconds work) : store_(std::move(store)) {
    Store::Hearing hearing;
    hearing.invalidate = [this, work](const Invalidation&) {
      std::this_thread::sleep_for(work);
      ++heard;
    };
    hearing.forget_all = [this] { listening = true; };
    store_->start(std::move(hearing));
    while (!listening) std::this_thread::sleep_for(Milliseconds{1});
  }
  Store& store() { return *store_; }

  std::atomic<bool> listening{false};
  std::atomic<int> heard{0};

 private:
  std::unique_ptr<Store> store_;
};

class BarrierTest : public StoreTest {
 protected:
  ~BarrierTest() override { std::fclose(log_file_); }

  std::unique_ptr<Store> open_logged_store() {
    auto store = Store::create(options(), clock_, file_log_);
    EXPECT_TRUE(store.ok());
    return *std::move(store);
  }
  std::string logged() const {
    std::string text(64 * 1024, '\0');
    std::rewind(log_file_);
    text.resize(std::fread(text.data(), 1, text.size(), log_file_));
    return text;
  }
  // Waits until the server counts that many listeners: a connection is named after it listens.
  void await_listeners(int count) {
    const std::string wanted = std::to_string(count);
    for (;;) {
      if (sql("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
              " AND application_name = 'mcp-host listen'")
              .find(wanted) == 0) {
        return;
      }
      std::this_thread::sleep_for(Milliseconds{5});
    }
  }

 private:
  std::FILE* const log_file_ = std::tmpfile();
  Log file_log_{clock_, fileno(log_file_), LogLevel::kWarn};
};

TEST_F(BarrierTest, HoldsARevocationUntilEveryHostHasHeardOfIt) {
  Listener here(open_store(), Milliseconds{0});
  Listener slow(open_store(), Milliseconds{100});
  Listener third(open_store(), Milliseconds{30});
  await_listeners(3);
  const auto grant = given_grant(here.store(), clock_.now());
  ASSERT_DONE(here.store().grants().revoke(grant.id, "test"));
  EXPECT_EQ(here.heard, 1);
  EXPECT_EQ(slow.heard, 1);
  EXPECT_EQ(third.heard, 1);
}

TEST_F(BarrierTest, HoldsEveryKindOfRevocation) {
  Listener here(open_store(), Milliseconds{0});
  Listener other(open_store(), Milliseconds{50});
  await_listeners(2);
  Store& store = here.store();
  const auto grant = given_grant(store, clock_.now());
  const auto tokens = make_tokens(grant, "1", clock_.now());
  ASSERT_DONE(store.tokens().redeem_code(grant.code.code_hash, tokens));
  ASSERT_DONE(store.tokens().revoke_access_token(tokens.access_hash, grant.client));
  EXPECT_EQ(other.heard, 1);
  ASSERT_DONE(store.sessions().terminate(hash_of("session"), clock_.now() + Seconds{60}));
  EXPECT_EQ(other.heard, 2);
  ASSERT_DONE(store.clients().update(**store.clients().find(grant.client)));
  EXPECT_EQ(other.heard, 3);
  ASSERT_DONE(store.clients().remove(grant.client));
  EXPECT_EQ(other.heard, 4);
}

TEST_F(BarrierTest, IsPassedByManyAtOnce) {
  Listener here(open_store(), Milliseconds{0});
  Listener other(open_store(), Milliseconds{1});
  await_listeners(2);
  at_once(16, [&](int i) {
    const auto hash = hash_of(std::to_string(i));
    ASSERT_DONE(here.store().sessions().terminate(hash, clock_.now() + Seconds{60}));
  });
  EXPECT_EQ(other.heard, 16);
}

TEST_F(BarrierTest, IsPassedByAHostThatIsAlone) {
  Listener here(open_logged_store(), Milliseconds{0});
  await_listeners(1);
  for (int i = 0; i < 3; ++i) {
    ASSERT_DONE(here.store().sessions().terminate(hash_of(std::to_string(i)), clock_.now()));
  }
  EXPECT_EQ(here.heard, 3);
  EXPECT_EQ(logged().find("host_does_not_answer"), std::string::npos);
}

TEST_F(BarrierTest, GivesUpOnAHostThatDoesNotAnswerAndSaysSo) {
  Listener here(open_logged_store(), Milliseconds{0});
  await_listeners(1);
  Held stuck(name_, "SET application_name = 'mcp-host listen'");
  await_listeners(2);
  EXPECT_TRUE(here.store().sessions().terminate(hash_of("x"), clock_.now()).ok());
  EXPECT_EQ(here.heard, 1);
  EXPECT_NE(logged().find("host_does_not_answer"), std::string::npos);
}

}  // namespace
}  // namespace mcph::store
