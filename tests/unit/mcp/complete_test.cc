#include <gtest/gtest.h>

#include "mcp/limits.h"
#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

using Kind = mcp::Outcome::Kind;

FakeCatalog::Behaviour suggests(std::string structured, Kind kind = Kind::kResult) {
  return [structured, kind](const mcp::Call&, mcp::CallObserver&) {
    mcp::Outcome outcome;
    outcome.kind = kind;
    outcome.structured = structured;
    return outcome;
  };
}

class Complete : public testing::Test {
 protected:
  Complete() { host.catalog.set_completes(); }

  Answer ask(std::string_view ref, std::string_view more = {}) {
    std::string members = R"("ref":)" + std::string(ref);
    members += R"(,"argument":{"name":"a","value":"x"})" + std::string(more) + ",";
    return host.ask_modern("completion/complete", members);
  }
  std::string values(std::string_view ref) {
    return json::serialize(ask(ref).result().at("completion"));
  }

  EndpointHost host;
  static constexpr std::string_view kPrompt = R"({"type":"ref/prompt","name":"p"})";
};

TEST_F(Complete, AsksThePluginOfThePrompt) {
  host.catalog.add_prompt("p", suggests(R"({"values":["a","b"],"total":7,"hasMore":true})"));
  const Answer answer = ask(kPrompt, R"(,"context":{"arguments":{"b":"1"}})");
  EXPECT_EQ(json::serialize(answer.result().at("completion")),
            R"({"values":["a","b"],"total":7,"hasMore":true})");
  EXPECT_EQ(answer.result().at("resultType").as_string(), "complete");
  const mcp::Call call = host.catalog.last_call();
  EXPECT_EQ(call.action, mcp::Action::kCompletePrompt);
  EXPECT_EQ(call.name, "p");
  EXPECT_EQ(to_json(json::value(call.arguments)),
            R"({"argument":{"name":"a","value":"x"},"context":{"arguments":{"b":"1"}}})");
}

TEST_F(Complete, AsksThePluginOfTheTemplate) {
  host.catalog.add_template("a:/{x}", suggests(R"({"values":["1"]})"));
  EXPECT_EQ(values(R"({"type":"ref/resource","uri":"a:/{x}"})"), R"({"values":["1"]})");
  EXPECT_EQ(host.catalog.last_call().action, mcp::Action::kCompleteResource);
}

TEST_F(Complete, AResourceHasNothingToComplete) {
  host.catalog.add_resource("a:b", suggests(""));
  EXPECT_EQ(values(R"({"type":"ref/resource","uri":"a:b"})"), R"({"values":[]})");
  EXPECT_EQ(host.catalog.calls(), 0);
}

TEST_F(Complete, APluginThatCannotSuggestsNothing) {
  host.catalog.add_prompt("p", suggests("", Kind::kUnknown));
  EXPECT_EQ(values(kPrompt), R"({"values":[]})");
}

TEST_F(Complete, ShowsAHundredValuesAtMost) {
  json::array many;
  for (std::size_t i = 0; i <= mcp::limits::kCompletionValuesMax; ++i) many.emplace_back("v");
  host.catalog.add_prompt("p", suggests(to_json(json::object{{"values", many}})));
  const Answer answer = ask(kPrompt);
  const json::object& completion = answer.result().at("completion").as_object();
  EXPECT_EQ(completion.at("values").as_array().size(), mcp::limits::kCompletionValuesMax);
  EXPECT_TRUE(completion.at("hasMore").as_bool());
}

TEST_F(Complete, AMalformedSuggestionIsAFaultOfTheHost) {
  for (const char* wrong : {R"({"values":[1]})", R"({"values":"a"})", "[]", "{", R"({})"}) {
    host.catalog.add_prompt("p", suggests(wrong));
    EXPECT_EQ(ask(kPrompt).error(), -32603) << wrong;
  }
}

TEST_F(Complete, RefusesReferencesToNothing) {
  host.catalog.add_prompt("p", suggests(R"({"values":[]})"));
  for (const char* ref : {R"({"type":"ref/prompt","name":"nope"})", R"({"type":"ref/prompt"})",
                          R"({"type":"ref/resource","uri":"nope:"})", R"({"type":"ref/resource"})",
                          R"({"type":"ref/tool","name":"p"})", R"({})", "5"}) {
    EXPECT_EQ(ask(ref).error(), -32602) << ref;
  }
}

TEST_F(Complete, RefusesAnArgumentOfTheWrongShape) {
  host.catalog.add_prompt("p", suggests(R"({"values":[]})"));
  for (const char* argument : {"5", "{}", R"({"name":"a"})", R"({"name":"a","value":1})"}) {
    const std::string members =
        R"("ref":)" + std::string(kPrompt) + R"(,"argument":)" + argument + ",";
    EXPECT_EQ(host.ask_modern("completion/complete", members).error(), -32602) << argument;
  }
}

TEST_F(Complete, WorksInEverySession) {
  host.catalog.add_prompt("p", suggests(R"({"values":["a"]})"));
  for (const std::string_view version : {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"}) {
    const Answer answer = host.ask(
        host.open_session(version),
        request("1", "completion/complete",
                R"({"ref":)" + std::string(kPrompt) + R"(,"argument":{"name":"a","value":""}})"));
    EXPECT_EQ(json::serialize(answer.result()), R"({"completion":{"values":["a"]}})");
  }
}

TEST_F(Complete, NeedsTheScopesOfThePrompt) {
  host.catalog.add_prompt("p", suggests(R"({"values":[]})"), {"admin"});
  EXPECT_EQ(ask(kPrompt).status, 403);
}

TEST_F(Complete, CannotAskTheClient) {
  host.catalog.add_prompt(
      "p", [](const auto&, auto&) { return make_question(R"({"k":{"method":"roots/list"}})"); });
  const Answer answer = ask(kPrompt);
  EXPECT_EQ(answer.error(), -32603);
}

}  // namespace
}  // namespace mcph::test
