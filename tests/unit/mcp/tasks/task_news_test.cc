// notifications/tasks on subscriptions/listen: whose tasks a client hears of, from which host.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/mcp/tasks/task_host.h"

namespace mcph::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kKnowsTasks = R"({"extensions":{"io.modelcontextprotocol/tasks":{}}})";

// Two hosts of one installation.
struct TaskNewsTest : testing::Test {
  struct Job {
    std::string id;
    std::shared_ptr<PendingCall> call;
    // Every call ends: one that waits for ever keeps its task and itself alive.
    ~Job() { call->finish(make_text_outcome("over")); }
  };
  static Job start(EndpointHost& host, CallerPtr caller = make_caller()) {
    host.catalog.add_task_tool("job", mcp::TaskUse::kPossible, nullptr);
    const auto exchange =
        host.send_modern("tools/call", R"("name":"job",)", "job", kKnowsTasks, std::move(caller));
    auto call = host.catalog.pending();
    EXPECT_TRUE(call->become_task());
    return {std::string(EndpointHost::read(*exchange).result().at("taskId").as_string()), call};
  }
  static std::shared_ptr<RecordingExchange> send(EndpointHost& host, std::string_view filter,
                                                 std::string_view capabilities = kKnowsTasks) {
    std::string params = modern_params(R"("notifications":)" + std::string(filter) + ",");
    const std::string_view none = R"(clientCapabilities":{})";
    params.replace(params.find(none), none.size(),
                   R"(clientCapabilities":)" + std::string(capabilities));
    return host.send(Method::kPost,
                     {kModernVersion,
                      {"Mcp-Method", "subscriptions/listen"},
                      {"Accept", "application/json, text/event-stream"}},
                     request("\"sub\"", "subscriptions/listen", params));
  }
  static std::shared_ptr<RecordingStream> listen(EndpointHost& host, std::string_view id) {
    const auto exchange = send(host, R"({"taskIds":[")" + std::string(id) + "\"]}");
    EXPECT_TRUE(exchange->wait());
    return exchange->stream();
  }
  static std::vector<json::value> messages(RecordingStream& stream) {
    std::vector<json::value> all;
    const std::string text = stream.text();
    for (std::size_t at = text.find("data: "); at != text.npos; at = text.find("data: ", at + 1)) {
      all.push_back(*parse_json(text.substr(at + 6, text.find('\n', at) - at - 6)));
    }
    return all;
  }
  // The outcome is stored, and every host has said what it heard of it.
  void settle() {
    for (int rounds = 0; rounds < 2; ++rounds) {
      here.settle();
      there.settle();
    }
  }

  const std::shared_ptr<MemoryStores> stores = std::make_shared<MemoryStores>();
  EndpointHost here{EndpointHost::default_options(), make_key_ring(), stores};
  EndpointHost there{EndpointHost::default_options(), make_key_ring(), stores};
};

TEST_F(TaskNewsTest, AcknowledgesTheCallersOwnTasksOnly) {
  const Job own = start(here);
  const Job foreign = start(here, make_caller("bob"));
  const Job of_another_client = start(here, make_caller("ann", "phone"));
  const auto exchange =
      send(there, R"({"taskIds":[")" + foreign.id + R"(",")" + own.id + R"(",")" +
                      of_another_client.id + R"(",")" + own.id + R"(","no task"]})");
  ASSERT_TRUE(exchange->wait());
  const auto stream = exchange->stream();
  ASSERT_NE(stream, nullptr);
  there.settle();
  ASSERT_EQ(messages(*stream).size(), 1u);
  EXPECT_EQ(messages(*stream)[0].at("params").at("notifications"),
            json::value(json::object{{"taskIds", json::array{json::value(own.id)}}}));
  foreign.call->finish(make_text_outcome("secret"));
  of_another_client.call->finish(make_text_outcome("secret"));
  settle();
  EXPECT_EQ(messages(*stream).size(), 1u);
  own.call->finish(make_text_outcome("done"));
  settle();
  EXPECT_EQ(messages(*stream).size(), 2u);
  EXPECT_THAT(stream->text(), Not(HasSubstr("secret")));
}

TEST_F(TaskNewsTest, TellsAChangeOnEveryHostAsTasksGetDoes) {
  const Job job = start(here);
  const auto near = listen(here, job.id);
  const auto far = listen(there, job.id);
  settle();
  job.call->finish(make_text_outcome("done"));
  settle();
  json::object task =
      here.ask_modern("tasks/get", R"("taskId":")" + job.id + "\",", job.id, kKnowsTasks).result();
  task.erase("resultType");
  task["_meta"] = json::object{{"io.modelcontextprotocol/subscriptionId", "sub"}};
  EXPECT_EQ(task.at("status"), "completed");
  for (const auto& stream : {near, far}) {
    ASSERT_EQ(messages(*stream).size(), 2u);
    const json::value said = messages(*stream)[1];
    EXPECT_EQ(said.at("method"), "notifications/tasks");
    EXPECT_EQ(said.at("params"), json::value(task));
  }
}

TEST_F(TaskNewsTest, TellsOnceWhatWasHeardTwice) {
  const Job job = start(here);
  const auto stream = listen(there, job.id);
  there.settle();
  here.ask_modern("tasks/cancel", R"("taskId":")" + job.id + "\",", job.id, kKnowsTasks);
  there.endpoint.note_task_changed(job.id);
  settle();
  ASSERT_EQ(messages(*stream).size(), 2u);
  EXPECT_EQ(messages(*stream)[1].at("params").at("status"), "cancelled");
}

TEST_F(TaskNewsTest, TellsNothingOfATaskThatHasExpired) {
  const Job job = start(here);
  const auto stream = listen(there, job.id);
  there.settle();
  there.clock.advance(mcp::limits::kTaskTtl);
  there.endpoint.note_task_changed(job.id);
  settle();
  EXPECT_EQ(messages(*stream).size(), 1u);
}

// The notification may have been lost with the database's connection.
TEST_F(TaskNewsTest, TellsWhatWasMissedWhileNobodyListened) {
  const Job job = start(here);
  const auto stream = listen(there, job.id);
  there.settle();
  stores->remove_host(there.endpoint);
  job.call->finish(make_text_outcome("done"));
  settle();
  EXPECT_EQ(messages(*stream).size(), 1u);
  stores->add_host(there.endpoint);
  there.endpoint.note_listening();
  settle();
  ASSERT_EQ(messages(*stream).size(), 2u);
  EXPECT_EQ(messages(*stream)[1].at("params").at("status"), "completed");
}

TEST_F(TaskNewsTest, NeedsAClientThatDeclaresTheExtension) {
  for (const char* filter : {R"({"taskIds":[]})", R"({"taskIds":["a"]})"}) {
    const Answer refused = EndpointHost::read(*send(here, filter, "{}"));
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(refused.error(), -32021);
    EXPECT_EQ(to_json(refused.message.at("error").at("data")),
              R"({"requiredCapabilities":{"extensions":{"io.modelcontextprotocol/tasks":{}}}})");
  }
}

TEST_F(TaskNewsTest, RefusesWhatIsNoListOfIds) {
  std::string many = R"({"taskIds":[)";
  for (std::size_t i = 0; i < mcp::limits::kTasksPerStreamMax; ++i) many += "\"a\",";
  many += "\"a\"]}";
  for (const std::string& filter :
       {std::string(R"({"taskIds":null})"), std::string(R"({"taskIds":"a"})"),
        std::string(R"({"taskIds":{}})"), std::string(R"({"taskIds":["a",1]})"), many}) {
    EXPECT_EQ(EndpointHost::read(*send(here, filter)).error(), -32602) << filter.substr(0, 40);
  }
}

TEST_F(TaskNewsTest, IsRefusedWhenNobodyCanSayWhoseTheTasksAre) {
  const Job job = start(here);
  stores->tasks->set_down(true);
  const auto refused = send(there, R"({"taskIds":[")" + job.id + "\"]}");
  EXPECT_EQ(EndpointHost::read(*refused).status, 503);
  EXPECT_NE(send(there, R"({"taskIds":[]})")->stream(), nullptr) << "asks no store";
  stores->tasks->set_down(false);
}

TEST_F(TaskNewsTest, TellsNothingToAClientThatHasGone) {
  const Job job = start(here);
  const auto exchange = send(there, R"({"taskIds":[")" + job.id + "\"]}");
  ASSERT_TRUE(exchange->wait());
  there.settle();
  EXPECT_EQ(there.endpoint.open_streams(), 1u);
  exchange->go_away();
  EXPECT_EQ(there.endpoint.open_streams(), 0u);
  job.call->finish(make_text_outcome("done"));
  settle();
  EXPECT_THAT(exchange->stream()->text(), Not(HasSubstr("notifications/tasks")));
}

}  // namespace
}  // namespace mcph::test
