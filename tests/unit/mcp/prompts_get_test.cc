#include <gtest/gtest.h>

#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

using Kind = mcp::Outcome::Kind;

constexpr std::string_view kAll[] = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25",
                                     "2026-07-28"};

mcp::Outcome make_messages(const mcp::Call& call, mcp::CallObserver&) {
  mcp::Outcome outcome;
  outcome.content = to_json(json::array{json::object{
      {"role", "user"},
      {"content",
       json::object{{"type", "text"}, {"text", to_json(json::value(call.arguments))}}}}});
  return outcome;
}

Answer get(EndpointHost& host, std::string_view version, std::string_view members,
           std::string_view name = "greet") {
  if (version == "2026-07-28") {
    return host.ask_modern("prompts/get", std::string(members) + ",", name);
  }
  return host.ask(host.open_session(version),
                  request("1", "prompts/get", "{" + std::string(members) + "}"));
}

TEST(PromptsGet, WorksInEveryRevision) {
  EndpointHost host;
  host.catalog.add_prompt("greet", make_messages);
  for (const std::string_view version : kAll) {
    const Answer answer = get(host, version, R"("name":"greet","arguments":{"a":"1"})");
    EXPECT_EQ(answer.result().at("messages").at(0).at("content").at("text").as_string(),
              R"({"a":"1"})");
    EXPECT_EQ(answer.result().contains("resultType"), version == "2026-07-28");
    EXPECT_FALSE(answer.result().contains("ttlMs"));
  }
  EXPECT_EQ(host.catalog.last_call().action, mcp::Action::kGetPrompt);
}

TEST(PromptsGet, ArgumentsMayBeLeftOutButMustBeStrings) {
  EndpointHost host;
  host.catalog.add_prompt("greet", make_messages);
  for (const std::string_view version : kAll) {
    EXPECT_EQ(get(host, version, R"("name":"greet")").error(), 0);
    EXPECT_EQ(get(host, version, R"("name":"greet","arguments":{"a":1})").error(), -32602);
    EXPECT_EQ(get(host, version, R"("name":"greet","arguments":[])").error(), -32602);
    EXPECT_EQ(get(host, version, R"("name":"greet","arguments":null)").error(), -32602);
  }
}

TEST(PromptsGet, AnUnknownOneIsInvalidParams) {
  EndpointHost host;
  host.catalog.add_prompt("greet", make_messages);
  for (const std::string_view version : kAll) {
    const Answer answer = get(host, version, R"("name":"nope")", "nope");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.error(), -32602);
    EXPECT_EQ(answer.message.at("error").at("message").as_string(), "Unknown prompt: nope");
  }
  EXPECT_EQ(host.ask(host.open_session(), request("1", "prompts/get", R"({"name":1})")).error(),
            -32602);
}

TEST(PromptsGet, WhatThePluginRefusesIsAnErrorInEveryRevision) {
  EndpointHost host;
  host.catalog.add_prompt("greet", [](const auto&, auto&) {
    mcp::Outcome outcome;
    outcome.kind = Kind::kInvalidParams;
    outcome.text = "a is required";
    return outcome;
  });
  for (const std::string_view version : kAll) {
    EXPECT_EQ(get(host, version, R"("name":"greet")").error(), -32602);
  }
}

TEST(PromptsGet, OlderRevisionsGetTextForNewKindsOfContent) {
  EndpointHost host;
  host.catalog.add_prompt("greet", [](const auto&, auto&) {
    mcp::Outcome outcome;
    outcome.content =
        R"([{"role":"user","content":{"type":"resource_link","uri":"a:b","name":"B"}}])";
    return outcome;
  });
  for (const std::string_view version : kAll) {
    const Answer answer = get(host, version, R"("name":"greet")");
    EXPECT_EQ(answer.result().at("messages").at(0).at("content").at("type").as_string(),
              version < "2025-06-18" ? "text" : "resource_link");
  }
}

TEST(PromptsGet, NeedsTheScopesOfThePrompt) {
  EndpointHost host;
  host.catalog.add_prompt("greet", make_messages, {"admin"});
  for (const std::string_view version : kAll) {
    EXPECT_EQ(get(host, version, R"("name":"greet")").status, 403);
  }
}

TEST(PromptsGet, TheNameHeaderRepeatsTheName) {
  EndpointHost host;
  host.catalog.add_prompt("greet", make_messages);
  EXPECT_EQ(host.ask_modern("prompts/get", R"("name":"greet",)", "other").error(), -32020);
  EXPECT_EQ(host.ask_modern("prompts/get", R"("name":"greet",)").error(), -32020);
}

}  // namespace
}  // namespace mcph::test
