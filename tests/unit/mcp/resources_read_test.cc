#include <gtest/gtest.h>

#include "mcp/limits.h"
#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

using Kind = mcp::Outcome::Kind;

constexpr std::string_view kAll[] = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25",
                                     "2026-07-28"};

mcp::Outcome make_contents(const mcp::Call& call, mcp::CallObserver&) {
  mcp::Outcome outcome;
  outcome.content = to_json(json::array{json::object{{"uri", call.name}, {"text", "t"}}});
  return outcome;
}

FakeCatalog::Behaviour ends_with(Kind kind, std::string text = {}) {
  return [kind, text](const mcp::Call&, mcp::CallObserver&) {
    mcp::Outcome outcome;
    outcome.kind = kind;
    outcome.text = text;
    return outcome;
  };
}

Answer read(EndpointHost& host, std::string_view version, const std::string& uri,
            CallerPtr caller = make_caller()) {
  const std::string member = R"("uri":")" + uri + "\"";
  if (version == "2026-07-28") {
    return host.ask_modern("resources/read", member + ",", uri, "{}", std::move(caller));
  }
  const std::string session = host.open_session(version, caller);
  return host.ask(session, request("1", "resources/read", "{" + member + "}"), caller);
}

TEST(ResourcesRead, WorksInEveryRevision) {
  EndpointHost host;
  host.catalog.add_resource("test://static", make_contents);
  for (const std::string_view version : kAll) {
    const Answer answer = read(host, version, "test://static");
    EXPECT_EQ(json::serialize(answer.result().at("contents")),
              R"([{"uri":"test://static","text":"t"}])");
    EXPECT_EQ(answer.result().contains("ttlMs"), version == "2026-07-28");
    EXPECT_EQ(answer.result().contains("cacheScope"), version == "2026-07-28");
    EXPECT_EQ(answer.result().contains("resultType"), version == "2026-07-28");
  }
}

TEST(ResourcesRead, ATemplateAnswersForTheUrisItMakes) {
  EndpointHost host;
  host.catalog.add_resource("test://t/1/data", make_contents);
  host.catalog.add_template("test://t/{id}/data", make_contents);
  EXPECT_EQ(read(host, "2026-07-28", "test://t/42/data").error(), 0);
  EXPECT_EQ(host.catalog.last_call().name, "test://t/42/data");
  EXPECT_EQ(host.catalog.last_call().action, mcp::Action::kReadResource);
  EXPECT_EQ(read(host, "2026-07-28", "test://t/4/2/data").error(), -32602);
}

TEST(ResourcesRead, WhatIsNotThereHasTheErrorOfItsEra) {
  EndpointHost host;
  host.catalog.add_resource("test://gone", ends_with(Kind::kUnknown));
  host.catalog.add_resource("test://empty", [](const auto&, auto&) { return mcp::Outcome{}; });
  for (const std::string_view version : kAll) {
    for (const std::string uri : {"test://nope", "test://gone", "test://empty"}) {
      const Answer answer = read(host, version, uri);
      EXPECT_EQ(answer.status, 200);
      EXPECT_EQ(answer.error(), version == "2026-07-28" ? -32602 : -32002) << uri;
      EXPECT_EQ(answer.message.at("error").at("data").at("uri").as_string(), uri);
    }
  }
}

TEST(ResourcesRead, RefusesWhatIsNoUri) {
  EndpointHost host;
  host.catalog.add_resource("test://static", make_contents);
  const std::string session = host.open_session();
  const std::string long_uri(mcp::limits::kUriBytesMax + 1, 'x');
  for (const std::string& params :
       {std::string("{}"), std::string(R"({"uri":5})"), R"({"uri":")" + long_uri + "\"}"}) {
    EXPECT_EQ(host.ask(session, request("1", "resources/read", params)).error(), -32602);
  }
  EXPECT_EQ(host.ask(session, R"({"jsonrpc":"2.0","id":1,"method":"resources/read"})").error(),
            -32602);
}

TEST(ResourcesRead, TheScopesOfATemplateHoldForEveryUriOfIt) {
  EndpointHost host;
  host.catalog.add_template("test://t/{id}", make_contents, {"todo", "todo:all"});
  for (const std::string_view version : kAll) {
    const Answer answer = read(host, version, "test://t/1");
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(answer.header("www-authenticate"),
              "Bearer error=\"insufficient_scope\", scope=\"todo todo:all\"");
  }
  EXPECT_EQ(host.catalog.calls(), 0);
  EXPECT_EQ(read(host, "2026-07-28", "test://t/1", make_caller("ann", "desk", {"todo", "todo:all"}))
                .status,
            200);
}

TEST(ResourcesRead, OtherOutcomesAreErrors) {
  EndpointHost host;
  host.catalog.add_resource("t:failed", ends_with(Kind::kFailed, "no disk"));
  host.catalog.add_resource("t:busy", ends_with(Kind::kOverloaded));
  host.catalog.add_resource("t:login", ends_with(Kind::kSignInAgain));
  host.catalog.add_resource("t:odd", ends_with(Kind::kInvalidParams, "odd"));
  host.catalog.add_resource("t:error", [](const auto&, auto&) {
    mcp::Outcome outcome = make_text_outcome("bad");
    outcome.is_error = true;
    return outcome;
  });
  for (const std::string_view version : kAll) {
    EXPECT_EQ(read(host, version, "t:failed").error(), -32603);
    EXPECT_EQ(read(host, version, "t:busy").status, 503);
    EXPECT_EQ(read(host, version, "t:login").status, 401);
    EXPECT_EQ(read(host, version, "t:odd").error(), -32602);
    EXPECT_EQ(read(host, version, "t:error").error(), -32603);
  }
}

TEST(ResourcesRead, TheNameHeaderRepeatsTheUri) {
  EndpointHost host;
  host.catalog.add_resource("test://a", make_contents);
  EXPECT_EQ(host.ask_modern("resources/read", R"("uri":"test://a",)", "test://b").error(), -32020);
  EXPECT_EQ(host.ask_modern("resources/read", R"("uri":"test://a",)").error(), -32020);
}

}  // namespace
}  // namespace mcph::test
