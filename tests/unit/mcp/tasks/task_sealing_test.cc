#include "mcp/tasks/task_sealing.h"

#include <gtest/gtest.h>

#include "mcp/client_capabilities.h"
#include "mcp/tasks/task_outcome.h"
#include "unit/mcp/tasks/task_host.h"

namespace mcph::test {
namespace {

using mcp::Task;

class TaskSealingTest : public testing::Test {
 protected:
  Task make_task() {
    Task task;
    task.id = "t1";
    task.principal = PrincipalId("ann");
    task.client = ClientId("desk");
    task.tool = "job";
    task.scopes = {"todo", "more"};
    task.capabilities = mcp::kCanElicitForm;
    task = finish(task, make_task_question(kAsksForName, std::string("\0\xff", 2)), from_unix(7));
    task.questions[0].answer = R"({"n":1.00,"big":12345678901234567890123})";
    return task;
  }
  FakeRandom random_;
  const mcp::TaskSealing sealing_{make_key_ring(), random_};
};

TEST_F(TaskSealingTest, GivesTheTaskBackToTheLastByte) {
  const Task task = make_task();
  const std::optional<Task> opened = sealing_.open(sealing_.seal(task));
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(*opened, task);
}

TEST_F(TaskSealingTest, ShowsTheDatabaseNothing) {
  const mcp::StoredTask stored = sealing_.seal(make_task());
  EXPECT_EQ(stored.sealed.find("job"), std::string::npos);
  EXPECT_EQ(stored.sealed.find("elicitation"), std::string::npos);
  EXPECT_NE(sealing_.seal(make_task()).sealed, stored.sealed) << "never the same bytes twice";
}

TEST_F(TaskSealingTest, OpensNoRowThatWasChanged) {
  const mcp::StoredTask stored = sealing_.seal(make_task());
  ASSERT_TRUE(sealing_.open(stored).has_value());
  mcp::StoredTask other = stored;
  other.principal = PrincipalId("eve");
  EXPECT_FALSE(sealing_.open(other).has_value());
  other = stored;
  other.client = ClientId("another");
  EXPECT_FALSE(sealing_.open(other).has_value());
  other = stored;
  other.id = "t2";
  EXPECT_FALSE(sealing_.open(other).has_value());
  other = stored;
  other.version += 1;
  EXPECT_FALSE(sealing_.open(other).has_value());
  other = stored;
  other.status = mcp::TaskStatus::kCompleted;
  EXPECT_FALSE(sealing_.open(other).has_value());
  other = stored;
  other.sealed.back() = other.sealed.back() == 'A' ? 'B' : 'A';
  EXPECT_FALSE(sealing_.open(other).has_value());
}

TEST_F(TaskSealingTest, OpensNothingOfAnotherInstallation) {
  const mcp::TaskSealing other(make_key_ring('x'), random_);
  EXPECT_FALSE(other.open(sealing_.seal(make_task())).has_value());
}

}  // namespace
}  // namespace mcph::test
