#include <gtest/gtest.h>

#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

using Kind = mcp::Outcome::Kind;

// Calls `tool` with the members of `params` behind its name, under the given revision.
Answer call(EndpointHost& host, std::string_view version, std::string_view tool,
            std::string_view more = {}) {
  const std::string name = R"("name":")" + std::string(tool) + "\"" + std::string(more);
  if (version == "2026-07-28") {
    return host.post({kModernVersion, {"Mcp-Method", "tools/call"}, {"Mcp-Name", tool}},
                     request("1", "tools/call", modern_params(name + ",")));
  }
  return host.ask(host.open_session(version), request("1", "tools/call", "{" + name + "}"));
}

FakeCatalog::Behaviour ends_with(Kind kind, std::string text = {}) {
  return [kind, text](const mcp::Call&, mcp::CallObserver&) {
    mcp::Outcome outcome;
    outcome.kind = kind;
    outcome.text = text;
    return outcome;
  };
}

constexpr std::string_view kAll[] = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25",
                                     "2026-07-28"};

TEST(ToolsCall, WorksInEveryRevision) {
  EndpointHost host;
  for (const std::string_view version : kAll) {
    const Answer answer = call(host, version, "echo", R"(,"arguments":{"a":1})");
    EXPECT_EQ(answer.status, 200) << version;
    EXPECT_EQ(json::serialize(answer.result().at("content")),
              R"([{"type":"text","text":"{\"a\":1}"}])");
    EXPECT_EQ(answer.result().contains("resultType"), version == "2026-07-28");
    EXPECT_EQ(answer.result().contains("_meta"), version == "2026-07-28");
    EXPECT_FALSE(answer.result().contains("isError"));
  }
}

TEST(ToolsCall, TheWholeModernAnswer) {
  EndpointHost host;
  EXPECT_EQ(call(host, "2026-07-28", "echo").body,
            R"({"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"{}"}],)"
            R"("resultType":"complete","_meta":{"io.modelcontextprotocol/serverInfo":)"
            R"({"name":"host under test","title":"The Host","version":"1.2.3"}}}})");
}

TEST(ToolsCall, ArgumentsMayBeLeftOut) {
  EndpointHost host;
  for (const std::string_view version : kAll) {
    EXPECT_EQ(call(host, version, "echo").error(), 0) << version;
  }
}

TEST(ToolsCall, RefusesParamsOfTheWrongShapeInBand) {
  EndpointHost host;
  const std::string session = host.open_session();
  for (const char* params : {"{}", R"({"name":5})", R"({"name":"echo","arguments":[]})",
                             R"({"name":"echo","arguments":null})", R"({"name":"nope"})"}) {
    const Answer answer = host.ask(session, request("1", "tools/call", params));
    EXPECT_EQ(answer.status, 200) << params;
    EXPECT_EQ(answer.error(), -32602) << params;
  }
  EXPECT_EQ(host.ask(session, R"({"jsonrpc":"2.0","id":1,"method":"tools/call"})").error(), -32602);
  EXPECT_EQ(host.catalog.calls(), 0);
}

TEST(ToolsCall, ArgumentsTheSchemaRefusesAreAResultSince20251125AndAnErrorBefore) {
  EndpointHost host;
  host.catalog.add("picky", ends_with(Kind::kBadArguments, "n must be \"positive\""));
  for (const std::string_view version : {"2025-11-25", "2026-07-28"}) {
    const Answer answer = call(host, version, "picky");
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.result().at("isError").as_bool());
    EXPECT_EQ(answer.result().at("content").at(0).at("text").as_string(), "n must be \"positive\"");
    EXPECT_EQ(answer.result().contains("resultType"), version == "2026-07-28");
  }
  for (const std::string_view version : {"2024-11-05", "2025-03-26", "2025-06-18"}) {
    const Answer answer = call(host, version, "picky");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.error(), -32602);
  }
}

TEST(ToolsCall, WhatThePluginSaysAboutItsParamsIsAnErrorEverywhere) {
  EndpointHost host;
  host.catalog.add("odd", ends_with(Kind::kInvalidParams, "no such list"));
  host.catalog.add("lost", ends_with(Kind::kUnknown));
  for (const std::string_view version : kAll) {
    EXPECT_EQ(call(host, version, "odd").error(), -32602);
    EXPECT_EQ(call(host, version, "lost").error(), -32602);
  }
}

TEST(ToolsCall, AFaultIsAnInternalErrorInBand) {
  EndpointHost host;
  host.catalog.add("broken", ends_with(Kind::kFailed, "the tool failed"));
  for (const std::string_view version : kAll) {
    const Answer answer = call(host, version, "broken");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.error(), -32603);
    EXPECT_EQ(answer.message.at("error").at("message").as_string(), "the tool failed");
  }
}

TEST(ToolsCall, AnEndedSignInIsAChallengeInEveryRevision) {
  EndpointHost host;
  host.catalog.add("upstream", ends_with(Kind::kSignInAgain));
  for (const std::string_view version : kAll) {
    const Answer answer = call(host, version, "upstream");
    EXPECT_EQ(answer.status, 401);
    EXPECT_TRUE(answer.header("www-authenticate").starts_with("Bearer error=\"invalid_token\""));
  }
}

TEST(ToolsCall, AFullHostAsksToComeBack) {
  EndpointHost host;
  host.catalog.add("busy", ends_with(Kind::kOverloaded));
  for (const std::string_view version : kAll) {
    const Answer answer = call(host, version, "busy");
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.header("retry-after"), "1");
  }
}

TEST(ToolsCall, AMissingScopeNamesAllScopesTheToolNeeds) {
  EndpointHost host;
  host.catalog.add("admin", ends_with(Kind::kResult), {"todo", "todo:admin"});
  for (const std::string_view version : kAll) {
    const Answer answer = call(host, version, "admin");
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(answer.header("www-authenticate"),
              "Bearer error=\"insufficient_scope\", scope=\"todo todo:admin\"");
    EXPECT_EQ(answer.message.at("id").as_int64(), 1);
  }
  EXPECT_EQ(host.catalog.calls(), 0);
}

// The next token replaces this one: it must not lose what the client works with.
TEST(ToolsCall, AMissingScopeIsAskedForTogetherWithThoseTheCallerHolds) {
  EndpointHost host;
  host.catalog.add("admin", ends_with(Kind::kResult), {"todo:admin"});
  EXPECT_EQ(call(host, "2025-11-25", "admin").header("www-authenticate"),
            "Bearer error=\"insufficient_scope\", scope=\"todo todo:admin\"");
}

TEST(ToolsCall, StructuredContentIsLeftOutBefore20250618AndAlwaysThereAsText) {
  EndpointHost host;
  host.catalog.add("facts", [](const auto&, auto&) {
    mcp::Outcome outcome;
    outcome.structured = R"({"n":1})";
    return outcome;
  });
  for (const std::string_view version : kAll) {
    const Answer answer = call(host, version, "facts");
    EXPECT_EQ(answer.result().contains("structuredContent"), version >= "2025-06-18");
    EXPECT_EQ(answer.result().at("content").at(0).at("text").as_string(), R"({"n":1})");
  }
}

TEST(ToolsCall, AToolErrorIsAResult) {
  EndpointHost host;
  host.catalog.add("sad", [](const auto&, auto&) {
    mcp::Outcome outcome = make_text_outcome("no luck");
    outcome.is_error = true;
    return outcome;
  });
  EXPECT_TRUE(call(host, "2026-07-28", "sad").result().at("isError").as_bool());
}

TEST(ToolsCall, APluginSeesTheCallersMetaAndWhatTheClientIs) {
  EndpointHost host;
  host.send_modern("tools/call", R"("name":"echo",)", "echo", R"({"sampling":{}})", make_caller(),
                   R"(,"io.modelcontextprotocol/clientInfo":{"name":"c","version":"1"},)"
                   R"("io.modelcontextprotocol/logLevel":"error","progressToken":1,)"
                   R"("traceparent":"00-ab","tracestate":"x=1","baggage":"k=v")");
  EXPECT_EQ(host.catalog.last_meta(),
            R"({"io.modelcontextprotocol/clientCapabilities":{"sampling":{}},)"
            R"("io.modelcontextprotocol/clientInfo":{"name":"c","version":"1"},)"
            R"("traceparent":"00-ab","tracestate":"x=1","baggage":"k=v"})");
}

TEST(ToolsCall, WhatALegacyClientCanDoIsWhatItsSessionSays) {
  EndpointHost host;
  const std::string session =
      host.open_session("2025-06-18", make_caller(), R"({"elicitation":{},"roots":{}})");
  host.ask(session, request("1", "tools/call",
                            R"({"name":"echo","_meta":{"progressToken":1,"traceparent":"00-ab",)"
                            R"("io.modelcontextprotocol/clientCapabilities":{"sampling":{}},)"
                            R"("com.example/x":[1,2.5,null,true,{"a":"\n"}]}})"));
  EXPECT_EQ(host.catalog.last_meta(),
            R"({"io.modelcontextprotocol/clientCapabilities":)"
            R"({"elicitation":{"form":{}},"roots":{}},"traceparent":"00-ab",)"
            R"("com.example/x":[1,2.5E0,null,true,{"a":"\n"}]})");
}

TEST(ToolsCall, GetsACallerADeadlineAndArgumentsOfItsOwn) {
  EndpointHost host;
  mcp::Call seen;
  host.catalog.add("look", [&seen](const mcp::Call& call, auto&) {
    seen.name = call.name;
    seen.caller = call.caller;
    seen.deadline = call.deadline;
    return make_text_outcome("");
  });
  call(host, "2026-07-28", "look");
  EXPECT_EQ(seen.name, "look");
  EXPECT_EQ(seen.caller->principal.str(), "ann");
  EXPECT_EQ(seen.deadline, host.clock.steady() + Milliseconds(60'000));
}

TEST(ToolsCall, AnAnswerWithLineBreaksIsOneDataLine) {
  EndpointHost host;
  host.catalog.add("pretty", [](const auto&, mcp::CallObserver& observer) {
    observer.progress(1, 0, {});
    mcp::Outcome outcome;
    outcome.content = "[\n  {\"type\":\"text\",\r\n\"text\":\"a\\nb\"}\n]";
    return outcome;
  });
  const auto exchange =
      host.send(Method::kPost, {{"Mcp-Session-Id", host.open_session("2025-06-18")}},
                request("1", "tools/call", R"({"name":"pretty","_meta":{"progressToken":0}})"));
  ASSERT_NE(exchange->stream(), nullptr);
  const std::string text = exchange->stream()->text();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);  // two events
  EXPECT_EQ(text.find('\r'), std::string::npos);
}

}  // namespace
}  // namespace mcph::test
