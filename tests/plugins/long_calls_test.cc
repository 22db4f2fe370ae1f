// Tasks, their deadline, and the connection that is let go.
#include "support.h"

namespace mcph::plugins {
namespace {

mcp::Call long_report(const Host& host, Milliseconds deadline, Milliseconds task_deadline) {
  return {.name = "long_report",
          .deadline = host.in(deadline),
          .may_become_task = true,
          .task_deadline = host.in(task_deadline)};
}

TEST(Task, IsSaidInTheList) {
  const Host host({"report", "jobs"});
  const auto offers = host.registry->offers();
  EXPECT_EQ(offers->tools.find("report")->task_use, mcp::TaskUse::kNever);
  EXPECT_EQ(offers->tools.find("long_report")->task_use, mcp::TaskUse::kPossible);
  EXPECT_EQ(offers->tools.find("job")->task_use, mcp::TaskUse::kRequired);
}

TEST(Task, OutlivesTheDeadlineOfItsCall) {
  Host host({"jobs"});
  const auto job = host.begin({.name = "job",
                               .deadline = host.in(Milliseconds(2'000)),
                               .may_become_task = true,
                               .task_deadline = host.in(Milliseconds(60'000))});
  EXPECT_EQ(text_of(job.observer->wait()), "task, with a minute");
}

TEST(Task, ThatCannotBeStoredIsACallAsBefore) {
  Host host({"report"});
  auto observer = std::make_shared<Observer>();
  observer->stores_tasks = false;
  const auto running =
      host.begin(long_report(host, Milliseconds(20'000), Milliseconds(60'000)), observer);
  EXPECT_EQ(text_of(running.observer->wait()), "The report is ready.");
  EXPECT_EQ(observer->releases, 1);
}

TEST(Task, EndsAtItsOwnDeadline) {
  Host host({"jobs"});
  const auto job = host.begin({.name = "endless_job",
                               .may_become_task = true,
                               .task_deadline = host.in(Milliseconds(300))});
  EXPECT_EQ(text_of(job.observer->wait()), "The tool did not answer in time.");
}

TEST(Task, IsNotForAClientThatKnowsNone) {
  Host host({"jobs"});
  const auto outcome = host.call("job");
  EXPECT_TRUE(outcome.is_error);
  EXPECT_EQ(text_of(outcome), "The tool needs a client that knows tasks.");
}

}  // namespace
}  // namespace mcph::plugins
