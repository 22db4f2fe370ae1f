// How a call becomes a task: from tools/call to the answer that any host gives.
#include <gtest/gtest.h>

#include "unit/mcp/tasks/task_host.h"

namespace mcph::test {
namespace {

class BecomingATask : public testing::Test {
 protected:
  // A tool that becomes a task, reports, and leaves the rest to `then`.
  void offer(mcp::TaskUse use, std::function<mcp::Outcome()> then = nullptr) {
    const auto behaviour = [this, then](const mcp::Call& call, mcp::CallObserver& observer) {
      may_ = call.may_become_task;
      has_time_ = call.task_deadline > call.deadline;
      became_ = observer.become_task();
      EXPECT_EQ(observer.become_task(), became_) << "again is harmless";
      observer.progress(1, 2, "half");
      return then ? then() : make_text_outcome("done");
    };
    host_.catalog.add_task_tool("job", use, behaviour);
  }
  static std::string make_request(bool declared) {
    std::string params = modern_params(R"("name":"job",)");
    const std::string_view none = R"("io.modelcontextprotocol/clientCapabilities":{})";
    if (declared) {
      params.replace(params.find(none), none.size(),
                     R"("io.modelcontextprotocol/clientCapabilities":
                        {"extensions":{"io.modelcontextprotocol/tasks":{}}})");
    }
    return request("7", "tools/call", params);
  }
  Answer call(bool declared = true) {
    return host_.post({kModernVersion, {"Mcp-Method", "tools/call"}, {"Mcp-Name", "job"}},
                      make_request(declared));
  }

  EndpointHost host_;
  TaskHost other_{host_.tasks};
  bool may_ = false;
  bool has_time_ = false;
  bool became_ = false;
};

TEST_F(BecomingATask, AnswersTheCallAtOnceAndFlat) {
  offer(mcp::TaskUse::kPossible);
  const Answer answer = call();
  EXPECT_EQ(answer.status, 200);
  const json::object& task = answer.result();
  EXPECT_EQ(task.at("resultType"), "task");
  EXPECT_EQ(task.at("status"), "working");
  for (const char* there : {"taskId", "createdAt", "lastUpdatedAt", "ttlMs", "_meta"}) {
    EXPECT_TRUE(task.contains(there)) << there;
  }
  for (const char* absent :
       {"task", "result", "error", "inputRequests", "requestState", "content"}) {
    EXPECT_FALSE(task.contains(absent)) << absent;
  }
  EXPECT_TRUE(may_ && has_time_ && became_);
}

TEST_F(BecomingATask, LeavesTheOutcomeToAnyHost) {
  offer(mcp::TaskUse::kRequired);
  const std::string id(call().result().at("taskId").as_string());
  for (int tries = 0; tries < 1000 && other_.status(id) != "completed"; ++tries) {
    std::this_thread::sleep_for(Milliseconds{5});
  }
  EXPECT_NE(other_.get(id).result.find("done"), std::string::npos);
}

TEST_F(BecomingATask, IsStoredBeforeTheClientHearsOfIt) {
  std::size_t stored = 0;
  offer(mcp::TaskUse::kPossible, [&] {
    stored = host_.tasks->count();
    return make_text_outcome("done");
  });
  call();
  EXPECT_EQ(stored, 1u);
}

TEST_F(BecomingATask, NeedsAClientThatKnowsTasks) {
  offer(mcp::TaskUse::kPossible);
  const Answer answer = call(false);
  EXPECT_EQ(answer.result().at("resultType"), "complete");
  EXPECT_FALSE(may_ || became_);
  EXPECT_EQ(host_.tasks->count(), 0u);
}

TEST_F(BecomingATask, OfAToolThatNeedsItIsRefusedToOthers) {
  offer(mcp::TaskUse::kRequired);
  const Answer refused = call(false);
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.error(), -32021);
}

TEST_F(BecomingATask, IsNotForToolsThatNeverDo) {
  offer(mcp::TaskUse::kNever);
  call();
  EXPECT_FALSE(may_);
}

TEST_F(BecomingATask, FailsWithoutADatabaseAndTheCallGoesOn) {
  offer(mcp::TaskUse::kPossible);
  host_.tasks->set_down(true);
  EXPECT_EQ(call().result().at("resultType"), "complete");
  EXPECT_FALSE(became_);
}

TEST_F(BecomingATask, OutlivesTheConnectionOfTheCall) {
  host_.catalog.add_task_tool("job", mcp::TaskUse::kPossible, nullptr);
  const auto exchange =
      host_.send(Method::kPost, {kModernVersion, {"Mcp-Method", "tools/call"}, {"Mcp-Name", "job"}},
                 make_request(true));
  const auto pending = host_.catalog.pending();
  ASSERT_TRUE(pending->become_task());
  const Answer answer = EndpointHost::read(*exchange);
  const std::string id(answer.result().at("taskId").as_string());
  exchange->go_away();
  EXPECT_FALSE(pending->cancelled());
  EXPECT_EQ(other_.status(id), "working");
  host_.endpoint.stop_tasks();
  EXPECT_TRUE(pending->cancelled());
  EXPECT_EQ(other_.status(id), "failed");
}

}  // namespace
}  // namespace mcph::test
