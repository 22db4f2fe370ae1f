// What a plugin asks a modern client for: a result that asks, and the same request again with the
// answers.
#include <gtest/gtest.h>

#include "mcp/limits.h"
#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

constexpr std::string_view kForm =
    R"({"user_name":{"method":"elicitation/create","params":{"message":"Name?"}}})";
constexpr std::string_view kAccepted =
    R"({"user_name":{"action":"accept","content":{"name":"Ann"}}})";
constexpr std::string_view kEverything = R"({"elicitation":{},"sampling":{},"roots":{}})";

// Asks until it has an answer.
mcp::Outcome greet(const mcp::Call& call, mcp::CallObserver&) {
  if (call.input_responses.find("Ann") == std::string::npos) {
    return make_question(std::string(kForm), "state of " + std::to_string(call.attempt));
  }
  return make_text_outcome("Hello, Ann! " + std::to_string(call.attempt) + call.state);
}

class InputRounds : public testing::Test {
 protected:
  InputRounds() { host.catalog.add("greet", greet); }

  Answer call(std::string_view more = {}, std::string_view capabilities = kEverything,
              CallerPtr caller = make_caller()) {
    return host.ask_modern("tools/call", R"("name":"greet",)" + std::string(more), "greet",
                           capabilities, std::move(caller));
  }
  std::string state_of(const Answer& answer) {
    return std::string(find_string(answer.result(), "requestState").value_or(""));
  }
  static std::string with_state(const std::string& state, std::string_view more = {}) {
    return R"("requestState":")" + state + "\"," + std::string(more);
  }
  static std::string with_answers(std::string_view answers) {
    return R"("inputResponses":)" + std::string(answers) + ",";
  }
  static std::string text_of(const Answer& answer) {
    return std::string(mcph::view(answer.result().at("content").at(0).at("text").as_string()));
  }

  EndpointHost host;
};

TEST_F(InputRounds, TheQuestionIsAResultWithItsState) {
  const Answer answer = call();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.result().at("resultType").as_string(), "input_required");
  EXPECT_EQ(json::serialize(answer.result().at("inputRequests")), kForm);
  EXPECT_FALSE(state_of(answer).empty());
  EXPECT_TRUE(answer.result().contains("_meta"));
  EXPECT_EQ(answer.result().size(), 4u);
}

TEST_F(InputRounds, TheAnswersComeWithTheStateOfThePlugin) {
  const std::string state = state_of(call());
  const Answer answer = call(with_state(state, with_answers(kAccepted)));
  EXPECT_EQ(answer.result().at("resultType").as_string(), "complete");
  EXPECT_EQ(text_of(answer), "Hello, Ann! 1state of 0");
}

TEST_F(InputRounds, AnswersWithoutAStateAreTaken) {
  EXPECT_EQ(text_of(call(with_answers(kAccepted))), "Hello, Ann! 1");
  EXPECT_EQ(
      text_of(call(with_answers(R"({"other":{"action":"accept"},"user_name":{"action":"accept",)"
                                R"("content":{"name":"Ann"}},"third":5})"))),
      "Hello, Ann! 1");
}

TEST_F(InputRounds, AStateWithoutAnswersIsAskedAgain) {
  const Answer again = call(with_state(state_of(call())));
  EXPECT_EQ(again.result().at("resultType").as_string(), "input_required");
  EXPECT_EQ(host.catalog.last_call().attempt, 1u);
  EXPECT_EQ(host.catalog.last_call().input_responses, "{}");
  EXPECT_EQ(host.catalog.last_call().state, "state of 0");
}

TEST_F(InputRounds, MissingOrMalformedAnswersAreAskedForAgain) {
  for (const char* answers : {R"({"wrong_key":{"action":"accept","content":{}}})", "{}",
                              R"({"user_name":12345})", R"({"user_name":"Ann"})",
                              R"({"user_name":{"action":"perhaps","content":{"name":"Ann"}}})"}) {
    const Answer answer = call(with_answers(answers));
    EXPECT_EQ(answer.result().at("resultType").as_string(), "input_required") << answers;
  }
}

TEST_F(InputRounds, AnswersThatAreNoObjectAreInvalid) {
  for (const char* answers : {"null", "12345", "[]", "\"Ann\""}) {
    const Answer answer = call(with_answers(answers));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.error(), -32602) << answers;
  }
  EXPECT_EQ(host.catalog.calls(), 0);
}

TEST_F(InputRounds, AForgedStateIsInvalidAndThePluginNeverSeesIt) {
  const std::string state = state_of(call());
  const int calls = host.catalog.calls();
  for (const std::string& forged : {state + "-TAMPERED", std::string("x"), std::string()}) {
    const Answer answer = call(with_state(forged, with_answers(kAccepted)));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.error(), -32602);
  }
  EXPECT_EQ(call(R"("requestState":5,)").error(), -32602);
  EXPECT_EQ(host.catalog.calls(), calls);
}

TEST_F(InputRounds, AStateIsForOnePersonOneClientAndTheSameArguments) {
  const std::string retry = with_state(state_of(call()), with_answers(kAccepted));
  EXPECT_EQ(call(retry, kEverything, make_caller("bob")).error(), -32602);
  EXPECT_EQ(call(retry, kEverything, make_caller("ann", "other")).error(), -32602);
  EXPECT_EQ(call(retry + R"("arguments":{"x":1},)").error(), -32602);
  EXPECT_EQ(call(retry).error(), 0);
}

TEST_F(InputRounds, ArgumentsBelongToTheStateInAnyOrder) {
  const std::string state = state_of(call(R"("arguments":{"a":1,"b":[2]},)"));
  EXPECT_EQ(call(R"("arguments":{"b":[2],"a":1},)" + with_state(state)).error(), 0);
  EXPECT_EQ(call(R"("arguments":{"b":[3],"a":1},)" + with_state(state)).error(), -32602);
}

TEST_F(InputRounds, AStateGetsOld) {
  const std::string state = state_of(call());
  host.clock.advance(mcp::limits::kRequestStateTtl);
  EXPECT_EQ(call(with_state(state)).error(), -32602);
}

TEST_F(InputRounds, EveryRoundHasANewState) {
  const std::string first = state_of(call());
  const std::string second = state_of(call(with_state(first)));
  EXPECT_NE(first, second);
  EXPECT_EQ(text_of(call(with_state(second, with_answers(kAccepted)))), "Hello, Ann! 2state of 1");
}

TEST_F(InputRounds, EndWhenThePluginAsksTooOften) {
  Answer answer = call();
  for (std::uint32_t i = 1; i < mcp::limits::kInputRoundsMax; ++i) {
    answer = call(with_state(state_of(answer)));
    ASSERT_EQ(answer.result().at("resultType").as_string(), "input_required") << i;
  }
  EXPECT_EQ(call(with_state(state_of(answer))).error(), -32603);
}

TEST_F(InputRounds, AreRefusedWholeWhenTheClientCannotDoOneOfThem) {
  host.catalog.add("both", [](const auto&, auto&) {
    return make_question(R"({"a":{"method":"elicitation/create","params":{"mode":"url"}},)"
                         R"("b":{"method":"sampling/createMessage","params":{"tools":[]}}})");
  });
  const auto ask = [&](std::string_view capabilities) {
    return host.ask_modern("tools/call", R"("name":"both",)", "both", capabilities);
  };
  for (const char* too_little :
       {"{}", R"({"elicitation":{},"sampling":{"tools":{}}})",
        R"({"elicitation":{"url":{}},"sampling":{}})", R"({"elicitation":{"url":{}}})"}) {
    const Answer answer = ask(too_little);
    EXPECT_EQ(answer.status, 400) << too_little;
    EXPECT_EQ(answer.error(), -32021);
    EXPECT_EQ(answer.message.at("id").as_int64(), 1);
    EXPECT_EQ(json::serialize(answer.message.at("error").at("data")),
              R"({"requiredCapabilities":{"sampling":{"tools":{}},"elicitation":{"url":{}}}})");
  }
  EXPECT_EQ(ask(R"({"elicitation":{"url":{}},"sampling":{"tools":{}}})").status, 200);
}

TEST_F(InputRounds, SamplingAloneIsAnEmptyObject) {
  host.catalog.add("sample", [](const auto&, auto&) {
    return make_question(R"({"a":{"method":"sampling/createMessage","params":{}}})");
  });
  const Answer answer = host.ask_modern("tools/call", R"("name":"sample",)", "sample");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(json::serialize(answer.message.at("error").at("data")),
            R"({"requiredCapabilities":{"sampling":{}}})");
}

TEST_F(InputRounds, AQuestionThatDoesNotExistIsAFault) {
  host.catalog.add("odd", [](const auto&, auto&) {
    return make_question(R"({"a":{"method":"client/format_disk","params":{}}})");
  });
  EXPECT_EQ(host.ask_modern("tools/call", R"("name":"odd",)", "odd", kEverything).error(), -32603);
}

TEST_F(InputRounds, PromptsAndResourcesAskTheSameWay) {
  const auto ask_once = [](const mcp::Call& call, mcp::CallObserver&) {
    if (call.attempt == 0) return make_question(std::string(kForm));
    mcp::Outcome outcome;
    outcome.content = R"([{"role":"user","content":{"type":"text","text":"x"}}])";
    return outcome;
  };
  host.catalog.add_prompt("p", ask_once);
  host.catalog.add_template("t:/{x}", ask_once);
  const auto go = [&](std::string_view method, const std::string& member, std::string_view name) {
    const Answer question = host.ask_modern(method, member, name, kEverything);
    EXPECT_EQ(question.result().at("resultType").as_string(), "input_required");
    EXPECT_FALSE(question.result().contains("ttlMs"));
    const Answer answer =
        host.ask_modern(method, member + with_state(state_of(question), with_answers(kAccepted)),
                        name, kEverything);
    EXPECT_EQ(answer.result().at("resultType").as_string(), "complete");
    return answer;
  };
  EXPECT_TRUE(go("prompts/get", R"("name":"p",)", "p").result().contains("messages"));
  EXPECT_TRUE(go("resources/read", R"("uri":"t:/1",)", "t:/1").result().contains("contents"));
}

TEST_F(InputRounds, ListsKnowNothingOfThem) {
  for (const char* method : {"tools/list", "server/discover"}) {
    const Answer answer = host.ask_modern(method, with_answers(kAccepted) + with_state("x"));
    EXPECT_EQ(answer.result().at("resultType").as_string(), "complete") << method;
  }
}

TEST_F(InputRounds, TheStateWorksOnAnotherHost) {
  EndpointHost other;
  other.catalog.add("greet", greet);
  const std::string state = state_of(call());
  EXPECT_EQ(text_of(other.ask_modern(
                "tools/call", R"("name":"greet",)" + with_state(state, with_answers(kAccepted)),
                "greet", kEverything)),
            "Hello, Ann! 1state of 0");
}

TEST_F(InputRounds, AToolForTasksAloneNeedsAClientThatKnowsThem) {
  host.catalog.add_task_tool("slow", mcp::TaskUse::kRequired,
                             [](const auto&, auto&) { return make_text_outcome("done"); });
  const Answer refused = host.ask_modern("tools/call", R"("name":"slow",)", "slow");
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.error(), -32021);
  EXPECT_EQ(json::serialize(refused.message.at("error").at("data")),
            R"({"requiredCapabilities":{"extensions":{"io.modelcontextprotocol/tasks":{}}}})");
  const Answer legacy =
      host.ask(host.open_session(), request("1", "tools/call", R"({"name":"slow"})"));
  EXPECT_TRUE(legacy.result().at("isError").as_bool());
  EXPECT_EQ(host.catalog.calls(), 0);
}

}  // namespace
}  // namespace mcph::test
