// Sessions as clients of 2025-03-26, 2025-06-18 and 2025-11-25 see them.
#include <gtest/gtest.h>

#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

std::string initialize(std::string_view version) {
  return request("0", "initialize",
                 R"({"protocolVersion":")" + std::string(version) +
                     R"(","capabilities":{},"clientInfo":{"name":"c","version":"1"}})");
}

TEST(Initialize, AgreesOnTheRequestedRevision) {
  EndpointHost host;
  for (const std::string_view version : {"2025-03-26", "2025-06-18", "2025-11-25"}) {
    const Answer answer = host.post({}, initialize(version));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.message.at("id").as_int64(), 0);
    EXPECT_EQ(answer.result().at("protocolVersion").as_string(), json::string_view(version));
    EXPECT_TRUE(answer.result().contains("capabilities"));
    EXPECT_EQ(answer.result().at("instructions").as_string(), "Be kind.");
    EXPECT_FALSE(answer.result().contains("resultType"));
  }
}

TEST(Initialize, AnswersTheLatestLegacyRevisionToAnUnknownOne) {
  EndpointHost host;
  const Answer answer = host.post({}, initialize("1999-01-01"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.result().at("protocolVersion").as_string(), "2025-11-25");
}

TEST(Initialize, TheServerHasATitleSince20250618) {
  EndpointHost host;
  const auto has_title = [&](std::string_view version) {
    const Answer answer = host.post({}, initialize(version));
    return answer.result().at("serverInfo").as_object().contains("title");
  };
  EXPECT_FALSE(has_title("2025-03-26"));
  EXPECT_TRUE(has_title("2025-06-18"));
}

TEST(Initialize, AcceptsALegacyVersionHeaderAndModernHeadersOfARelay) {
  EndpointHost host;
  EXPECT_EQ(host.post({{"MCP-Protocol-Version", "2025-11-25"}, {"Mcp-Method", "initialize"}},
                      initialize("2025-11-25"))
                .status,
            200);
}

TEST(Initialize, TheSessionIdIsVisibleAsciiAndDifferentEachTime) {
  EndpointHost host;
  const std::string one = host.open_session();
  const std::string two = host.open_session();
  EXPECT_NE(one, two);
  ASSERT_FALSE(one.empty());
  for (const char c : one) EXPECT_TRUE(c >= 0x21 && c <= 0x7e);
}

TEST(Initialize, WritesNothingToTheStore) {
  EndpointHost host;
  const std::string session = host.open_session();
  host.ask(session, request("1", "ping"));
  EXPECT_EQ(host.store->questions(), 0);
}

TEST(Initialize, NeedsAVersion) {
  EndpointHost host;
  const Answer answer = host.post({}, request("0", "initialize", "{}"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.error(), -32602);
  EXPECT_TRUE(answer.header("mcp-session-id").empty());
}

TEST(Legacy, PingIsAnsweredWithAnEmptyObjectExactly) {
  EndpointHost host;
  EXPECT_EQ(host.ask(host.open_session(), request("1", "ping")).body,
            R"({"jsonrpc":"2.0","id":1,"result":{}})");
}

TEST(Legacy, AnUnknownMethodIsAnsweredInBand) {
  EndpointHost host;
  const Answer answer = host.ask(host.open_session(), request("1", "resources/list"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.error(), -32601);
  EXPECT_EQ(answer.message.at("id").as_int64(), 1);
}

TEST(Legacy, NotificationsAndResponsesAreAccepted) {
  EndpointHost host;
  const std::string session = host.open_session();
  for (const char* body : {R"({"jsonrpc":"2.0","method":"notifications/initialized"})",
                           R"({"jsonrpc":"2.0","method":"notifications/unheard_of"})",
                           R"({"jsonrpc":"2.0","id":4,"result":{}})"}) {
    const Answer answer = host.ask(session, body);
    EXPECT_EQ(answer.status, 202) << body;
    EXPECT_TRUE(answer.body.empty());
  }
}

TEST(Legacy, EverythingButTheHandshakeNeedsASession) {
  EndpointHost host;
  for (const std::string& body :
       {request("1", "tools/list"),
        std::string(R"({"jsonrpc":"2.0","method":"notifications/initialized"})"),
        std::string(R"({"jsonrpc":"2.0","id":4,"result":{}})"),
        "[" + request("1", "tools/list") + "]"}) {
    const Answer answer = host.post({}, body);
    EXPECT_EQ(answer.status, 400) << body;
    EXPECT_FALSE(answer.has_id());
  }
}

TEST(Legacy, AVersionHeaderOfOursIsFineWhateverWasNegotiated) {
  EndpointHost host;
  const std::string session = host.open_session("2025-06-18");
  for (const std::string_view version : {"2025-03-26", "2025-06-18", "2025-11-25"}) {
    EXPECT_EQ(host.post({{"Mcp-Session-Id", session}, {"MCP-Protocol-Version", version}},
                        request("1", "ping"))
                  .status,
              200);
  }
}

TEST(Legacy, AnUnsupportedVersionHeaderIsABadRequest) {
  EndpointHost host;
  const std::string session = host.open_session();
  for (const std::string_view version : {"banana", "2024-10-07", ""}) {
    EXPECT_EQ(host.post({{"Mcp-Session-Id", session}, {"MCP-Protocol-Version", version}},
                        request("1", "ping"))
                  .status,
              400)
        << version;
  }
}

TEST(Legacy, ADeadSessionComesBeforeABadVersionHeader) {
  EndpointHost host;
  EXPECT_EQ(host.post({{"Mcp-Session-Id", "dead"}, {"MCP-Protocol-Version", "banana"}},
                      request("1", "ping"))
                .status,
            404);
}

TEST(Legacy, ModernHeadersDoNotChangeTheEra) {
  EndpointHost host;
  const Answer answer =
      host.post({{"Mcp-Session-Id", host.open_session()}, {"Mcp-Method", "x"}, {"Mcp-Name", "y"}},
                request("1", "tools/call", R"({"name":"echo"})"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.error(), 0);
  EXPECT_FALSE(answer.result().contains("resultType"));
}

TEST(Batch, Of20250326GetsOneAnswerForEachRequest) {
  EndpointHost host;
  const Answer answer = host.ask(
      host.open_session("2025-03-26"),
      "[" + request("1", "ping") + R"(,{"jsonrpc":"2.0","method":"notifications/initialized"},)" +
          request(R"("two")", "tools/call", R"({"name":"echo"})") + "," + request("3", "nope") +
          R"(,{"jsonrpc":"2.0","id":4},)" + request("5", "initialize") + "]");
  EXPECT_EQ(answer.status, 200);
  std::string ids;
  for (const auto& part : answer.message.as_array()) {
    ids += json::serialize(part.at("id"));
    ids += part.as_object().contains("error") ? json::serialize(part.at("error").at("code")) + " "
                                              : " ";
  }
  EXPECT_EQ(ids, R"(4-32600 5-32600 1 "two" 3-32601 )");
}

TEST(Batch, OfOneRequestIsStillAnArray) {
  EndpointHost host;
  const Answer answer = host.ask(host.open_session("2025-03-26"), "[" + request("1", "ping") + "]");
  EXPECT_EQ(answer.body, R"([{"jsonrpc":"2.0","id":1,"result":{}}])");
}

TEST(Batch, WithoutRequestsIsAccepted) {
  EndpointHost host;
  const Answer answer = host.ask(host.open_session("2025-03-26"),
                                 R"([{"jsonrpc":"2.0","method":"notifications/initialized"},)"
                                 R"({"jsonrpc":"2.0","id":1,"result":{}}])");
  EXPECT_EQ(answer.status, 202);
  EXPECT_TRUE(answer.body.empty());
}

TEST(Batch, WaitsForItsSlowestCall) {
  EndpointHost host;
  host.catalog.add_pending("slow");
  const auto exchange = host.send(
      Method::kPost, {{"Mcp-Session-Id", host.open_session("2025-03-26")}},
      "[" + request("1", "tools/call", R"({"name":"slow"})") + "," + request("2", "ping") + "]");
  EXPECT_FALSE(exchange->answered());
  host.catalog.pending()->progress(1);
  host.catalog.pending()->finish(make_text_outcome("done"));
  EXPECT_EQ(EndpointHost::read(*exchange).message.as_array().size(), 2u);
}

TEST(Batch, ACallThatNeedsANewSignInDecidesTheStatus) {
  EndpointHost host;
  host.catalog.add("gone", [](const auto&, auto&) {
    mcp::Outcome outcome;
    outcome.kind = mcp::Outcome::Kind::kSignInAgain;
    return outcome;
  });
  const Answer answer = host.ask(
      host.open_session("2025-03-26"),
      "[" + request("1", "ping") + "," + request("2", "tools/call", R"({"name":"gone"})") + "]");
  EXPECT_EQ(answer.status, 401);
  EXPECT_TRUE(answer.header("www-authenticate").starts_with("Bearer "));
}

TEST(Batch, HasLimits) {
  EndpointHost host;
  const std::string session = host.open_session("2025-03-26");
  EXPECT_EQ(host.ask(session, "[]").error(), -32600);
  std::string many = "[" + request("1", "ping");
  for (std::size_t i = 0; i < mcp::limits::kBatchMax; ++i) many += "," + request("1", "ping");
  EXPECT_EQ(host.ask(session, many + "]").status, 400);
}

TEST(Batch, DoesNotExistInLaterRevisions) {
  EndpointHost host;
  for (const std::string_view version : {"2025-06-18", "2025-11-25"}) {
    const Answer answer = host.ask(host.open_session(version), "[" + request("1", "ping") + "]");
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.error(), -32600);
  }
}

}  // namespace
}  // namespace mcph::test
