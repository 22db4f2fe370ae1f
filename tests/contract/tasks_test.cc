#include <algorithm>
#include <atomic>

#include "store_test.h"

namespace mcph::store {
namespace {

using mcp::StoredTask;
using mcp::TaskStatus;

constexpr Milliseconds kLong{60'000};
constexpr Milliseconds kOver{0};  // a lease that ended as it began
constexpr mcp::TaskQuota kPlenty{100, 100};

class Tasks : public StoreTest {
 protected:
  StoredTask make_task(const std::string& seed, const std::string& principal = "ann") const {
    StoredTask task;
    task.id = "task-of-at-least-22-bytes-" + seed;
    task.principal = PrincipalId(principal);
    task.client = ClientId("desk");
    task.created_at = clock_.now();
    task.updated_at = clock_.now();
    task.expires_at = clock_.now() + Seconds{3600};
    task.sealed = "k1." + seed;
    return task;
  }
  StoredTask given_task(const std::string& seed, Milliseconds lease = kLong) {
    const StoredTask task = make_task(seed);
    EXPECT_TRUE(store_->tasks().create(task, lease, kPlenty).ok());
    return task;
  }
  static StoredTask make_next(StoredTask task, TaskStatus status, const std::string& sealed) {
    task.status = status;
    task.sealed = sealed;
    ++task.version;
    return task;
  }
  std::optional<mcp::FoundTask> load(const StoredTask& task) {
    const auto found = store_->tasks().load(task.id, clock_.now());
    EXPECT_TRUE(found.ok());
    return found.ok() ? *found : std::nullopt;
  }
};

TEST_F(Tasks, ComeBackAsTheyWentOnEveryHost) {
  const auto other = open_store();
  const StoredTask task = given_task("a");
  const auto found = other->tasks().load(task.id, clock_.now());
  ASSERT_DONE(found);
  ASSERT_TRUE(found->has_value());
  EXPECT_EQ((*found)->task, task);
  EXPECT_FALSE((*found)->abandoned);
}

TEST_F(Tasks, UnknownAndExpiredAreAbsent) {
  const StoredTask task = given_task("a");
  EXPECT_FALSE(load(make_task("b")).has_value());
  clock_.set(task.expires_at - Seconds{1});
  EXPECT_TRUE(load(task).has_value());
  clock_.set(task.expires_at);
  EXPECT_FALSE(load(task).has_value());
}

TEST_F(Tasks, AreReplacedByTheNextVersionOnly) {
  const StoredTask task = given_task("a");
  const StoredTask done = make_next(task, TaskStatus::kCompleted, "done");
  EXPECT_TRUE(*store_->tasks().replace(done, kLong));
  EXPECT_EQ(load(task)->task, done);
  EXPECT_FALSE(*store_->tasks().replace(make_next(task, TaskStatus::kFailed, "late"), kLong));
  EXPECT_EQ(load(task)->task, done);
}

TEST_F(Tasks, ReplacedTwiceWithTheSameBytesAreReplacedOnce) {
  const StoredTask task = given_task("a");
  const StoredTask done = make_next(task, TaskStatus::kCompleted, "done");
  EXPECT_TRUE(*store_->tasks().replace(done, kLong));
  EXPECT_TRUE(*store_->tasks().replace(done, kLong)) << "the answer to the first was lost";
  EXPECT_EQ(load(task)->task.version, 2);
}

TEST_F(Tasks, ChangedByManyHostsAtOnceHaveOneWinner) {
  const auto other = open_store();
  const StoredTask task = given_task("a");
  std::atomic<int> won{0};
  at_once(16, [&](int i) {
    auto& store = (i % 2 == 0 ? *store_ : *other).tasks();
    const auto replaced =
        store.replace(make_next(task, TaskStatus::kCancelled, std::to_string(i)), kLong);
    if (replaced.ok() && *replaced) ++won;
  });
  EXPECT_EQ(won, 1);
}

TEST_F(Tasks, NobodyKeepsTheLeaseOfAreAbandoned) {
  const StoredTask kept = given_task("kept");
  const StoredTask left = given_task("left", kOver);
  EXPECT_FALSE(load(kept)->abandoned);
  EXPECT_TRUE(load(left)->abandoned);
  const auto abandoned = store_->tasks().load_abandoned(clock_.now(), 10);
  ASSERT_DONE(abandoned);
  ASSERT_EQ(abandoned->size(), 1u);
  EXPECT_EQ(abandoned->front(), left);
}

TEST_F(Tasks, WaitingForInputNeedNobody) {
  const StoredTask task = given_task("a");
  EXPECT_TRUE(*store_->tasks().replace(make_next(task, TaskStatus::kInputRequired, "asks"), kOver));
  EXPECT_FALSE(load(task)->abandoned);
  EXPECT_TRUE(store_->tasks().load_abandoned(clock_.now(), 10)->empty());
}

TEST_F(Tasks, TakenUpAgainHaveALeaseAgain) {
  StoredTask task = make_next(given_task("a"), TaskStatus::kInputRequired, "asks");
  ASSERT_DONE(store_->tasks().replace(task, kOver));
  task = make_next(task, TaskStatus::kWorking, "answered");
  ASSERT_DONE(store_->tasks().replace(task, kOver));
  EXPECT_TRUE(load(task)->abandoned);
  task = make_next(task, TaskStatus::kWorking, "on");
  ASSERT_DONE(store_->tasks().replace(task, kLong));
  EXPECT_FALSE(load(task)->abandoned);
}

TEST_F(Tasks, LeasesAreRenewedForWhatIsStillHeldAsItWas) {
  const StoredTask held = given_task("held", kOver);
  const StoredTask cancelled = given_task("cancelled", kOver);
  const StoredTask unknown = make_task("unknown");
  ASSERT_DONE(store_->tasks().replace(make_next(cancelled, TaskStatus::kCancelled, "gone"), kLong));
  const auto renewed = store_->tasks().renew(
      {{held.id, held.version}, {cancelled.id, cancelled.version}, {unknown.id, 1}}, kLong);
  ASSERT_DONE(renewed);
  EXPECT_EQ(*renewed, std::vector<std::string>{held.id});
  EXPECT_FALSE(load(held)->abandoned);
  EXPECT_TRUE(store_->tasks().renew({{held.id, held.version + 1}}, kLong)->empty());
  EXPECT_TRUE(store_->tasks().renew({}, kLong)->empty());
}

TEST_F(Tasks, BeyondTheQuotaOfAPersonAreRefused) {
  const auto create = [&](const std::string& seed, const std::string& principal) {
    return store_->tasks().create(make_task(seed, principal), kLong, {2, 3});
  };
  ASSERT_DONE(create("1", "ann"));
  ASSERT_DONE(create("2", "ann"));
  EXPECT_REFUSED(create("3", "ann"), Code::kLimit);
  ASSERT_DONE(create("4", "bob"));

  ASSERT_DONE(
      store_->tasks().replace(make_next(make_task("1"), TaskStatus::kCompleted, "x"), kLong));
  ASSERT_DONE(create("5", "ann"));
  ASSERT_DONE(
      store_->tasks().replace(make_next(make_task("2"), TaskStatus::kCancelled, "x"), kLong));
  EXPECT_REFUSED(create("6", "ann"), Code::kLimit);  // ended ones are stored all the same
  clock_.advance(Seconds{3600});
  ASSERT_DONE(create("7", "ann"));
}

TEST_F(Tasks, CreatedTwiceWithTheSameIdAreCreatedOnce) {
  const StoredTask task = given_task("a");
  ASSERT_DONE(store_->tasks().create(task, kLong, {1, 1}));
  EXPECT_EQ(sql("SELECT count(*) FROM mcph.task"), "1");
}

TEST_F(Tasks, ExpiredAreRemovedByHousekeeping) {
  StoreOptions often = options();
  often.housekeeping_every = Milliseconds{10};
  const auto store = open_store(often);
  given_task("a");
  clock_.advance(Seconds{3600});
  given_task("b");
  store->start({});
  for (int tries = 0; tries < 500 && sql("SELECT count(*) FROM mcph.task") != "1"; ++tries) {
    std::this_thread::sleep_for(Milliseconds{10});
  }
  EXPECT_EQ(sql("SELECT task_id FROM mcph.task"), make_task("b").id);
}

}  // namespace
}  // namespace mcph::store
