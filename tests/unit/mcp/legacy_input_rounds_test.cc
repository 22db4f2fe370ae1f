// What a plugin asks a legacy client for: the client is asked while its request is under way, and
// the plugin is called again with the answers.
#include <gtest/gtest.h>

#include "mcp/limits.h"
#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

constexpr std::string_view kForm =
    R"({"k":{"method":"elicitation/create","params":{"message":"Name?"}}})";
constexpr std::string_view kEverything =
    R"({"elicitation":{"form":{},"url":{}},"sampling":{"tools":{}},"roots":{}})";

class LegacyInputRounds : public testing::Test {
 protected:
  void offer(std::string requests) {
    host.catalog.add("ask", [requests](const mcp::Call& call, mcp::CallObserver&) {
      if (call.attempt == 0) return make_question(requests, "kept");
      return make_text_outcome(to_json(json::value(call.arguments)) + call.input_responses +
                               call.state + std::to_string(call.attempt));
    });
  }
  std::shared_ptr<RecordingExchange> send(std::string_view version = "2025-11-25",
                                          std::string_view capabilities = kEverything) {
    session = host.open_session(version, make_caller(), capabilities);
    return host.send(Method::kPost, {{"Mcp-Session-Id", session}},
                     request("7", "tools/call",
                             R"({"name":"ask","arguments":{"a":1},"_meta":{"traceparent":"t"}})"));
  }
  Answer refused(std::string_view version, std::string_view capabilities) {
    Answer answer = EndpointHost::read(*send(version, capabilities));
    EXPECT_EQ(host.questions.asked(), 0) << version;
    EXPECT_TRUE(answer.result().at("isError").as_bool()) << version;
    return answer;
  }

  EndpointHost host;
  std::string session;
};

TEST_F(LegacyInputRounds, ThePluginIsCalledAgainWithTheAnswers) {
  offer(std::string(kForm));
  const auto exchange = send();
  EXPECT_FALSE(exchange->answered());
  EXPECT_EQ(host.questions.requests(), kForm);
  host.questions.answer(std::string(R"({"k":{"action":"decline"}})"));
  const Answer answer = EndpointHost::read(*exchange);
  EXPECT_EQ(answer.result().at("content").at(0).at("text").as_string(),
            R"({"a":1}{"k":{"action":"decline"}}kept1)");
  EXPECT_FALSE(answer.result().contains("resultType"));
  const mcp::Call again = host.catalog.last_call();
  EXPECT_EQ(again.caller->principal.str(), "ann");
  EXPECT_NE(again.meta.find(R"("traceparent":"t")"), std::string::npos);
  EXPECT_EQ(again.deadline, host.clock.steady() + Milliseconds(60'000));
}

TEST_F(LegacyInputRounds, WhatTheClientCannotDoIsSaidToTheModel) {
  offer(std::string(kForm));
  EXPECT_EQ(refused("2025-11-25", "{}").result().at("content").at(0).at("text").as_string(),
            "This needs something the client cannot do: show the user a form (elicitation)");
  // Not known before 2025-06-18, whatever the client says.
  refused("2024-11-05", kEverything);
  refused("2025-03-26", kEverything);
}

TEST_F(LegacyInputRounds, UrlsAndToolsCameWith20251125) {
  offer(R"({"k":{"method":"elicitation/create","params":{"mode":"url"}}})");
  refused("2025-06-18", kEverything);
  offer(R"({"k":{"method":"sampling/createMessage","params":{"tools":[]}}})");
  refused("2025-06-18", kEverything);
  send("2025-11-25");
  EXPECT_EQ(host.questions.asked(), 1);
}

TEST_F(LegacyInputRounds, TheOldestRevisionsCanSampleAndListRoots) {
  offer(R"({"a":{"method":"sampling/createMessage","params":{}},"b":{"method":"roots/list"}})");
  send("2024-11-05");
  send("2025-03-26");
  EXPECT_EQ(host.questions.asked(), 2);
}

TEST_F(LegacyInputRounds, NoAnswerIsSaidToTheModel) {
  offer(std::string(kForm));
  const auto exchange = send();
  host.questions.answer(Error{Code::kTimeout, "The client did not answer in time", {}});
  const Answer answer = EndpointHost::read(*exchange);
  EXPECT_TRUE(answer.result().at("isError").as_bool());
  EXPECT_EQ(answer.result().at("content").at(0).at("text").as_string(),
            "The client did not answer in time");
}

TEST_F(LegacyInputRounds, APromptHasAnErrorForIt) {
  host.catalog.add_prompt("p",
                          [](const auto&, auto&) { return make_question(std::string(kForm)); });
  session = host.open_session();
  EXPECT_EQ(host.ask(session, request("1", "prompts/get", R"({"name":"p"})")).error(), -32603);
}

TEST_F(LegacyInputRounds, EndWhenThePluginAsksTooOften) {
  host.catalog.add("ask", [](const auto&, auto&) { return make_question(std::string(kForm)); });
  const auto exchange = send();
  for (std::uint32_t i = 0; i < mcp::limits::kInputRoundsMax; ++i) {
    EXPECT_FALSE(exchange->answered());
    host.questions.answer(std::string("{}"));
  }
  EXPECT_EQ(host.questions.asked(), static_cast<int>(mcp::limits::kInputRoundsMax));
  EXPECT_TRUE(EndpointHost::read(*exchange).result().at("isError").as_bool());
}

TEST_F(LegacyInputRounds, ACancelledCallTakesItsQuestionsBack) {
  offer(std::string(kForm));
  const auto exchange = send();
  host.post({{"Mcp-Session-Id", session}},
            R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}})");
  EXPECT_EQ(host.questions.withdrawn(), 1);
  ASSERT_NE(exchange->stream(), nullptr);
  EXPECT_TRUE(exchange->stream()->closed());
  EXPECT_EQ(exchange->stream()->text(), "");
  host.questions.answer(std::string("{}"));
  EXPECT_EQ(host.catalog.calls(), 1);
}

TEST_F(LegacyInputRounds, ALaterRoundCanBeCancelledToo) {
  offer(std::string(kForm));
  const auto exchange = send();
  host.catalog.add_pending("ask");
  host.questions.answer(std::string("{}"));
  ASSERT_NE(host.catalog.pending(), nullptr);
  host.post({{"Mcp-Session-Id", session}},
            R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}})");
  EXPECT_TRUE(host.catalog.pending()->cancelled());
  EXPECT_TRUE(exchange->stream()->closed());
}

TEST_F(LegacyInputRounds, ResponsesInTheRequestMeanNothing) {
  offer(std::string(kForm));
  session = host.open_session("2025-11-25", make_caller(), kEverything);
  host.send(
      Method::kPost, {{"Mcp-Session-Id", session}},
      request("7", "tools/call", R"({"name":"ask","inputResponses":{"k":{"action":"accept"}}})"));
  EXPECT_EQ(host.questions.asked(), 1);
  EXPECT_EQ(host.catalog.last_call().attempt, 0u);
}

}  // namespace
}  // namespace mcph::test
