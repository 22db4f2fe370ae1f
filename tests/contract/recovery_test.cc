#include "store/database.h"
#include "store_test.h"

namespace mcph::store {
namespace {

// What every look-up of a client then waits for.
constexpr const char* kLockClients = "LOCK TABLE mcph.client";

class Recovery : public StoreTest {
 protected:
  Result<std::optional<oauth::Client>> find(Store& store) {
    return store.clients().find(ClientId("id"));
  }
  void kill_connections() {
    cluster().sql("postgres",
                  "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                  "WHERE datname = '" +
                      name_ + "'");
  }
};

TEST_F(Recovery, AStoreWorksAgainAfterTheServerWasRestartedUnderIt) {
  ASSERT_DONE(store_->clients().insert(make_client("id", clock_.now())));
  cluster().stop();
  EXPECT_REFUSED(find(*store_), Code::kUnavailable);
  EXPECT_REFUSED(store_->clients().insert(make_client("2", clock_.now())), Code::kUnavailable);
  EXPECT_REFUSED(store_->ping(), Code::kUnavailable);
  cluster().start();
  // The very next calls succeed, those that may not be repeated included.
  ASSERT_DONE(store_->clients().insert(make_client("3", clock_.now())));
  ASSERT_DONE(find(*store_));
  EXPECT_TRUE((*find(*store_)).has_value());
}

TEST_F(Recovery, AConnectionKilledWhileIdleIsNoticedBeforeItIsUsed) {
  ASSERT_DONE(find(*store_));
  kill_connections();
  ASSERT_DONE(store_->clients().insert(make_client("id", clock_.now())));
}

TEST_F(Recovery, ALookUpCutOffInTheMiddleIsRepeated) {
  ASSERT_DONE(store_->clients().insert(make_client("id", clock_.now())));
  auto lock = std::make_unique<Held>(name_, kLockClients);
  std::thread killer([&] {
    while (cluster().sql("postgres",
                         "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                         "AND datname = '" +
                             name_ + "'") == "0") {
    }
    kill_connections();  // the one that holds the lock, too
  });
  const auto found = find(*store_);
  killer.join();
  lock.reset();
  ASSERT_TRUE(found.ok()) << found.error().detail;
  EXPECT_TRUE(found->has_value());
}

TEST_F(Recovery, AStatementThatWaitsTooLongForALockIsEnded) {
  StoreOptions impatient = options();
  impatient.lock_timeout = Milliseconds{50};
  const auto store = open_store(impatient);
  {
    const Held lock(name_, kLockClients);
    EXPECT_REFUSED(find(*store), Code::kTimeout);
  }
  ASSERT_DONE(find(*store));
}

TEST_F(Recovery, AStatementThatTakesTooLongIsEnded) {
  StoreOptions impatient = options();
  impatient.statement_timeout = Milliseconds{50};
  const auto store = open_store(impatient);
  const Held lock(name_, kLockClients);
  EXPECT_REFUSED(find(*store), Code::kTimeout);
}

TEST_F(Recovery, ABusyPoolRefusesAfterItsWaitingTimeAndAtOnceWhenTooManyWait) {
  StoreOptions narrow = options();
  narrow.connections_max = 1;
  narrow.waiters_max = 1;
  narrow.wait_max = Milliseconds{300};
  narrow.lock_timeout = Milliseconds{4000};
  const auto store = open_store(narrow);
  std::atomic<int> timeouts{0}, limits{0}, done{0};
  auto lock = std::make_unique<Held>(name_, kLockClients);
  std::thread release([&] {
    while (timeouts < 1 || limits < 2) std::this_thread::sleep_for(Milliseconds{5});
    lock.reset();
  });
  at_once(4, [&](int) {
    const auto found = find(*store);
    if (found.ok()) ++done;
    if (!found.ok() && found.error().code == Code::kTimeout) ++timeouts;
    if (!found.ok() && found.error().code == Code::kLimit) ++limits;
  });
  release.join();
  EXPECT_EQ(done, 1);      // had the connection
  EXPECT_EQ(timeouts, 1);  // waited for it
  EXPECT_EQ(limits, 2);    // found the queue full
  ASSERT_DONE(find(*store));
}

TEST_F(Recovery, MoreThreadsThanConnectionsAllGetTheirTurn) {
  StoreOptions narrow = options();
  narrow.connections_max = 2;
  narrow.conninfo = Secret(std::string(narrow.conninfo.reveal()) + " application_name=narrow");
  const auto store = open_store(narrow);
  std::atomic<int> done{0};
  at_once(16, [&](int) {
    for (int i = 0; i < 20; ++i) done += find(*store).ok() ? 1 : 0;
  });
  EXPECT_EQ(done, 320);
  EXPECT_LE(
      std::stoi(sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'narrow'")), 2);
}

TEST_F(Recovery, AnOldConnectionIsReplaced) {
  StoreOptions young = options();
  young.connection_age_max = Seconds{10};
  young.conninfo = Secret(std::string(young.conninfo.reveal()) + " application_name=young");
  const auto store = open_store(young);
  const auto pid = [&] {
    EXPECT_TRUE(store->ping().ok());
    return sql("SELECT pid FROM pg_stat_activity WHERE application_name = 'young'");
  };
  const std::string first = pid();
  EXPECT_EQ(pid(), first);
  clock_.advance(Seconds{10});
  EXPECT_NE(pid(), first);
}

// Two statements that lock two rows in opposite orders: one is the server's victim, and repeated.
TEST_F(Recovery, TheVictimOfADeadlockIsRepeated) {
  sql("DROP TABLE IF EXISTS pair; CREATE TABLE pair (id int PRIMARY KEY, n int); "
      "INSERT INTO pair VALUES (1, 0), (2, 0)");
  sql("CREATE OR REPLACE FUNCTION bump(a int, b int) RETURNS void LANGUAGE plpgsql AS $$ BEGIN "
      "UPDATE pair SET n = n + 1 WHERE id = a; PERFORM pg_sleep(0.2); "
      "UPDATE pair SET n = n + 1 WHERE id = b; END $$");
  const Statement bump{"bump", "SELECT bump($1, $2)"};
  StoreOptions patient = options();
  patient.lock_timeout = Milliseconds{4000};  // the server looks for deadlocks after a second
  Pool pool(patient, {bump}, clock_);
  Database database(pool);
  std::atomic<int> done{0};
  at_once(2, [&](int i) {
    const auto params = Params().integer(i == 0 ? 1 : 2).integer(i == 0 ? 2 : 1);
    if (database.execute(bump, params, Repeat::kUnsafe).ok()) ++done;
  });
  EXPECT_EQ(done, 2);
  EXPECT_EQ(sql("SELECT string_agg(n::text, ',') FROM pair"), "2,2");
}

TEST_F(Recovery, AnErrorCarriesTheSqlstateInItsDetailAndNoValues) {
  ASSERT_DONE(store_->clients().insert(make_client("very-private", clock_.now())));
  const auto again = store_->clients().insert(make_client("very-private", clock_.now()));
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().detail, "sqlstate 23505 in client_insert");
  EXPECT_EQ(again.error().message.find("23505"), std::string::npos);
}

}  // namespace
}  // namespace mcph::store
