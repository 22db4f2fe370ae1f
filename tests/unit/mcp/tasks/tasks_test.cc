#include "mcp/tasks/tasks.h"

#include <gtest/gtest.h>

#include "unit/mcp/tasks/task_host.h"

namespace mcph::test {
namespace {

using mcp::Task;

const json::value kAccepted = {{"action", "accept"}};

// A call that the test finishes.
struct WatchedCall final : mcp::RunningCall {
  void cancel() override { cancelled = true; }
  std::atomic<bool> cancelled{false};
};

class TasksTest : public testing::Test {
 protected:
  // A task of host a that asked for a name.
  std::string given_question(std::string state = "s1") {
    const auto run = a_.start();
    a_.finish(*run, make_task_question(kAsksForName, std::move(state)));
    return run->task().id;
  }
  void answer_calls_with(TaskHost& host, const std::string& text) {
    host.catalog.add("job", [this, text](const mcp::Call& call, mcp::CallObserver& observer) {
      seen_ = call;
      became_task_ = observer.become_task();
      return make_text_outcome(text);
    });
  }

  const std::shared_ptr<MemoryTaskStore> store_ = std::make_shared<MemoryTaskStore>();
  TaskHost a_{store_};
  TaskHost b_{store_};
  std::optional<mcp::Call> seen_;
  bool became_task_ = false;
};

TEST_F(TasksTest, AreKnownToEveryHostBeforeTheyAreAnnounced) {
  const auto run = a_.start();
  const std::string id = run->task().id;
  EXPECT_EQ(id.size(), mcp::limits::kTaskIdBytes);
  EXPECT_EQ(b_.status(id), "working");
  a_.finish(*run, make_text_outcome("done"));
  EXPECT_EQ(b_.status(id), "completed");
  EXPECT_NE(b_.get(id).result.find("done"), std::string::npos);
  EXPECT_EQ(a_.tasks.running(), 0u);
}

TEST_F(TasksTest, OfOthersLookUnknown) {
  const std::string id = a_.start()->task().id;
  EXPECT_EQ(a_.status(id, make_caller("eve")), "");
  EXPECT_EQ(a_.status(id, make_caller("ann", "phone")), "");
  EXPECT_EQ(a_.status("nonsense"), "");
  EXPECT_EQ(a_.tasks.cancel(id, *make_caller("eve"))->code, mcp::kInvalidParams);
  EXPECT_EQ(a_.update(id, json::object(), make_caller("eve"))->code, mcp::kInvalidParams);
  EXPECT_EQ(a_.status(id), "working");
}

TEST_F(TasksTest, NeedTheScopesOfTheirTool) {
  const std::string id = a_.start()->task().id;
  const auto found = a_.tasks.get(id, *make_caller("ann", "desk", {}));
  ASSERT_TRUE(std::holds_alternative<mcp::Rejection>(found));
  EXPECT_EQ(std::get<mcp::Rejection>(found).status, 403);
}

TEST_F(TasksTest, ExpireWithTheirTime) {
  const auto run = a_.start();
  a_.finish(*run, make_text_outcome("done"));
  a_.clock.advance(mcp::limits::kTaskTtl - Seconds{1});
  EXPECT_EQ(a_.status(run->task().id), "completed");
  a_.clock.advance(Seconds{1});
  EXPECT_EQ(a_.status(run->task().id), "");
}

TEST_F(TasksTest, HaveADeadlineThatLeavesTimeForTheResult) {
  const auto left = a_.tasks.deadline() - a_.clock.steady();
  EXPECT_EQ(left, mcp::limits::kTaskTtl - mcp::limits::kTaskResultTime);
}

TEST_F(TasksTest, AnsweredOnAnyHostGoOnThere) {
  const std::string id = given_question();
  EXPECT_EQ(b_.status(id), "input_required");
  EXPECT_EQ(a_.tasks.running(), 0u) << "nobody works on it while the client thinks";
  answer_calls_with(b_, "thanks");
  const json::value responses{{"name", {{"action", "accept"}}}};
  EXPECT_FALSE(b_.update(id, responses).has_value());
  ASSERT_TRUE(seen_.has_value());
  EXPECT_EQ(seen_->name, "job");
  EXPECT_EQ(seen_->attempt, 1u);
  EXPECT_EQ(seen_->state, "s1");
  EXPECT_EQ(seen_->input_responses, R"({"name":{"action":"accept"}})");
  EXPECT_EQ(to_json(seen_->arguments), R"({"file":"a.txt"})");
  EXPECT_EQ(seen_->meta, R"({"traceparent":"00"})");
  EXPECT_EQ(seen_->caller->principal.str(), "ann");
  EXPECT_GT(seen_->deadline, b_.clock.steady() + Seconds{1800});
  EXPECT_TRUE(became_task_);
  EXPECT_EQ(a_.status(id), "completed");
}

TEST_F(TasksTest, AnsweredTwiceGoOnOnce) {
  const std::string id = given_question();
  answer_calls_with(a_, "thanks");
  answer_calls_with(b_, "thanks");
  const json::value responses{{"name", kAccepted}};
  EXPECT_FALSE(b_.update(id, responses).has_value());
  EXPECT_FALSE(a_.update(id, responses).has_value()) << "no error: it is ignored";
  EXPECT_EQ(a_.catalog.calls() + b_.catalog.calls(), 1);
}

TEST_F(TasksTest, MayAskAgain) {
  const std::string id = given_question();
  b_.catalog.add("job", [](const mcp::Call& call, mcp::CallObserver&) {
    return call.attempt < 2 ? make_task_question(kAsksForName, "s2")
                            : make_text_outcome(call.state);
  });
  b_.update(id, {{"name", kAccepted}});
  EXPECT_EQ(a_.status(id), "input_required");
  b_.update(id, {{"name", kAccepted}});
  EXPECT_EQ(a_.status(id), "input_required") << "that question was answered before";
  b_.update(id, {{"name-2", kAccepted}});
  EXPECT_NE(a_.get(id).result.find("s2"), std::string::npos);
}

TEST_F(TasksTest, CancelledOnAnotherHostAreStopped) {
  const auto run = a_.start();
  const std::string id = run->task().id;
  const auto call = std::make_shared<WatchedCall>();
  run->follow(call);
  EXPECT_FALSE(b_.cancel(id).has_value());
  EXPECT_EQ(b_.status(id), "cancelled") << "at once";
  a_.settle();
  EXPECT_TRUE(call->cancelled);
  a_.finish(*run, make_text_outcome("late"));
  EXPECT_EQ(a_.status(id), "cancelled") << "a later outcome is dropped";
  a_.tasks.tend();
  EXPECT_EQ(a_.tasks.running(), 0u);
}

TEST_F(TasksTest, CancelledBeforeTheirCallIsKnownAreStopped) {
  const auto run = a_.start();
  a_.cancel(run->task().id);
  const auto call = std::make_shared<WatchedCall>();
  run->follow(call);
  EXPECT_TRUE(call->cancelled);
}

TEST_F(TasksTest, CancelledAtTheirEndStayAsTheyAre) {
  const auto run = a_.start();
  a_.finish(*run, make_text_outcome("done"));
  EXPECT_FALSE(a_.cancel(run->task().id).has_value());
  EXPECT_FALSE(a_.cancel(run->task().id).has_value());
  EXPECT_EQ(a_.status(run->task().id), "completed");
}

TEST_F(TasksTest, OfAHostThatHasGoneFail) {
  const std::string id = a_.start()->task().id;
  store_->end_leases();
  const Task task = b_.get(id);
  EXPECT_EQ(to_string(task.status), "failed");
  EXPECT_EQ(task.message, "The host that ran the task has gone");
}

TEST_F(TasksTest, OfAHostThatHasGoneFailWithoutBeingAskedFor) {
  const std::string id = a_.start()->task().id;
  store_->end_leases();
  b_.clock.advance(Seconds{60});
  b_.tasks.tend();
  EXPECT_EQ(b_.get(id).version, 2);
}

TEST_F(TasksTest, TakenFromASlowHostAreStoppedThere) {
  const auto run = a_.start();
  const auto call = std::make_shared<WatchedCall>();
  run->follow(call);
  store_->end_leases();
  EXPECT_EQ(b_.status(run->task().id), "failed");
  a_.settle();
  EXPECT_TRUE(call->cancelled);
  a_.finish(*run, make_text_outcome("late"));
  EXPECT_EQ(a_.status(run->task().id), "failed");
}

TEST_F(TasksTest, AreKeptByTendingThem) {
  const auto run = a_.start();
  store_->end_leases();
  a_.clock.advance(Seconds{60});
  a_.tasks.tend();
  EXPECT_EQ(b_.status(run->task().id), "working");
}

TEST_F(TasksTest, ShowTheirProgress) {
  const auto run = a_.start();
  run->progress(1, 4, "one");
  run->progress(2, 4, "two");
  EXPECT_EQ(b_.get(run->task().id).message, "");
  a_.tasks.tend();
  EXPECT_EQ(b_.get(run->task().id).message, "two");
  run->progress(3, 4, {});
  a_.tasks.tend();
  EXPECT_EQ(b_.get(run->task().id).message, "75 %");
  a_.settle();
  EXPECT_EQ(b_.status(run->task().id), "working") << "its own news are no reason to stop";
  a_.finish(*run, make_text_outcome("done"));
  EXPECT_EQ(b_.get(run->task().id).message, "");
}

TEST_F(TasksTest, KeepTheirOutcomeUntilTheDatabaseIsBack) {
  const auto run = a_.start();
  store_->set_down(true);
  a_.finish(*run, make_text_outcome("done"));
  a_.tasks.tend();
  store_->set_down(false);
  EXPECT_EQ(b_.status(run->task().id), "working");
  a_.tasks.tend();
  EXPECT_EQ(b_.status(run->task().id), "completed");
}

TEST_F(TasksTest, OfAHostThatStopsFailTruthfully) {
  const auto run = a_.start();
  const auto call = std::make_shared<WatchedCall>();
  run->follow(call);
  const std::string waiting = given_question();
  a_.tasks.stop();
  EXPECT_TRUE(call->cancelled);
  EXPECT_EQ(b_.get(run->task().id).message, "The host was stopped");
  EXPECT_EQ(b_.status(run->task().id), "failed");
  EXPECT_EQ(b_.status(waiting), "input_required") << "any host can go on with this one";
  EXPECT_EQ(a_.start(), nullptr);
}

TEST_F(TasksTest, EndWithTheGrantOfTheUser) {
  const auto run = a_.start();
  a_.tasks.note_grant_revoked(GrantId("another"));
  a_.settle();
  EXPECT_EQ(b_.status(run->task().id), "working");
  a_.tasks.note_grant_revoked(GrantId("grant-1"));
  a_.settle();
  EXPECT_EQ(b_.status(run->task().id), "failed");
}

TEST_F(TasksTest, AreLimitedForOnePerson) {
  for (std::size_t i = 0; i < mcp::limits::kOpenTasksPerPrincipalMax; ++i) {
    ASSERT_NE(a_.start(), nullptr);
  }
  EXPECT_EQ(b_.start(), nullptr);
  EXPECT_NE(b_.start(make_caller("bob")), nullptr);
}

TEST_F(TasksTest, CannotBeReadWithoutADatabase) {
  const std::string id = a_.start()->task().id;
  store_->set_down(true);
  const auto found = a_.tasks.get(id, *make_caller());
  EXPECT_EQ(std::get<mcp::Rejection>(found).status, 503);
  EXPECT_EQ(a_.cancel(id)->status, 503);
  EXPECT_EQ(a_.start(), nullptr);
}

}  // namespace
}  // namespace mcph::test
