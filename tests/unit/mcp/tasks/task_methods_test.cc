#include <gtest/gtest.h>

#include "unit/mcp/tasks/task_host.h"

namespace mcph::test {
namespace {

// A client that declares the extension asks an endpoint about tasks that another host began.
class TaskMethods : public testing::Test {
 protected:
  static std::string make_params(std::string_view members, bool declared = true) {
    std::string params = modern_params(members);
    if (!declared) return params;
    const std::string_view none = R"("io.modelcontextprotocol/clientCapabilities":{})";
    return params.replace(params.find(none), none.size(),
                          R"("io.modelcontextprotocol/clientCapabilities":
                             {"extensions":{"io.modelcontextprotocol/tasks":{}}})");
  }
  Answer ask(std::string_view method, const std::string& id, std::string_view more = {},
             bool declared = true) {
    const std::string members = R"("taskId":")" + id + "\"," + std::string(more);
    return host_.post({kModernVersion, {"Mcp-Method", method}, {"Mcp-Name", id}},
                      request("1", method, make_params(members, declared)));
  }
  static void expect_acknowledged(const Answer& answer) {
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.result().size(), 2u);
    EXPECT_EQ(answer.result().at("resultType"), "complete");
    EXPECT_TRUE(answer.result().contains("_meta"));
  }

  EndpointHost host_;
  TaskHost other_{host_.tasks};
};

TEST_F(TaskMethods, GetTellsHowItStands) {
  const auto run = other_.start();
  const std::string id = run->task().id;
  const Answer working = ask("tasks/get", id);
  EXPECT_EQ(working.status, 200);
  EXPECT_EQ(working.result().at("resultType"), "complete");
  EXPECT_EQ(working.result().at("taskId"), json::value(id));
  EXPECT_EQ(working.result().at("status"), "working");
  EXPECT_EQ(working.result().at("ttlMs"), 3'600'000);
  EXPECT_EQ(working.result().at("pollIntervalMs"), 1000);
  for (const char* absent : {"result", "error", "inputRequests", "requestState", "ttl"}) {
    EXPECT_FALSE(working.result().contains(absent)) << absent;
  }
  other_.finish(*run, make_text_outcome("done"));
  EXPECT_EQ(ask("tasks/get", id).result().at("result").at("content").at(0).at("text"), "done");
}

TEST_F(TaskMethods, UpdateAnswersQuestions) {
  const auto run = other_.start();
  other_.finish(*run, make_task_question(kAsksForName));
  const std::string id = run->task().id;
  EXPECT_TRUE(ask("tasks/get", id).result().at("inputRequests").as_object().contains("name"));
  host_.catalog.add("job", [](const mcp::Call& call, mcp::CallObserver&) {
    return make_text_outcome(call.input_responses);
  });
  expect_acknowledged(ask("tasks/update", id, R"("inputResponses":{"wrong":{}},)"));
  EXPECT_EQ(ask("tasks/get", id).result().at("status"), "input_required");
  expect_acknowledged(
      ask("tasks/update", id, R"("inputResponses":{"name":{"action":"decline"}},)"));
  expect_acknowledged(ask("tasks/update", id, R"("inputResponses":{"name":{"action":"accept"}},)"));
  for (int tries = 0; tries < 1000 && other_.status(id) != "completed"; ++tries) {
    std::this_thread::sleep_for(Milliseconds{5});
  }
  EXPECT_EQ(ask("tasks/get", id).result().at("result").at("content").at(0).at("text"),
            R"({"name":{"action":"decline"}})");
}

TEST_F(TaskMethods, CancelIsAcknowledgedAnyNumberOfTimes) {
  const std::string id = other_.start()->task().id;
  expect_acknowledged(ask("tasks/cancel", id));
  EXPECT_EQ(ask("tasks/get", id).result().at("status"), "cancelled");
  expect_acknowledged(ask("tasks/cancel", id));
}

TEST_F(TaskMethods, RefuseClientsThatDoNotDeclareTheExtension) {
  const std::string id = other_.start()->task().id;
  for (const char* method : {"tasks/get", "tasks/update", "tasks/cancel"}) {
    const Answer refused = ask(method, id, R"("inputResponses":{},)", false);
    EXPECT_EQ(refused.status, 400) << method;
    EXPECT_EQ(refused.error(), -32021) << method;
    EXPECT_EQ(to_json(refused.message.at("error").at("data")),
              R"({"requiredCapabilities":{"extensions":{"io.modelcontextprotocol/tasks":{}}}})");
  }
  EXPECT_EQ(other_.status(id), "working");
}

TEST_F(TaskMethods, RefuseTasksNobodyKnows) {
  for (const char* method : {"tasks/get", "tasks/update", "tasks/cancel"}) {
    const Answer refused =
        ask(method, "0123456789abcdef0123456789abcdef", R"("inputResponses":{},)");
    EXPECT_EQ(refused.status, 200) << method;
    EXPECT_EQ(refused.error(), -32602) << method;
  }
}

TEST_F(TaskMethods, RefuseWhatIsNoAnswer) {
  const std::string id = other_.start()->task().id;
  for (const char* members : {"", R"("inputResponses":null,)", R"("inputResponses":[],)"}) {
    EXPECT_EQ(ask("tasks/update", id, members).error(), -32602) << members;
  }
}

TEST_F(TaskMethods, AreNamedInMcpName) {
  const std::string id = other_.start()->task().id;
  const std::string body = request("1", "tasks/get", make_params(R"("taskId":")" + id + "\","));
  EXPECT_EQ(host_.post({kModernVersion, {"Mcp-Method", "tasks/get"}}, body).error(), -32020);
  EXPECT_EQ(host_.post({kModernVersion, {"Mcp-Method", "tasks/get"}, {"Mcp-Name", "other"}}, body)
                .error(),
            -32020);
}

TEST_F(TaskMethods, ThatWereDroppedFromTheProtocolAreUnknown) {
  const std::string id = other_.start()->task().id;
  for (const char* method : {"tasks/list", "tasks/result"}) {
    const Answer refused = ask(method, id);
    EXPECT_EQ(refused.status, 404) << method;
    EXPECT_EQ(refused.error(), -32601) << method;
  }
}

TEST_F(TaskMethods, AreNoneOfTheLegacyProtocol) {
  const std::string session = host_.open_session();
  EXPECT_EQ(host_.ask(session, request("1", "tasks/get", R"({"taskId":"x"})")).error(), -32601);
}

}  // namespace
}  // namespace mcph::test
