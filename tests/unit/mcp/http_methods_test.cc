// What is decided before and beside JSON-RPC: methods, media types, unreadable bodies.
#include <gtest/gtest.h>

#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

TEST(HttpMethods, OthersAreRefusedWithTheAllowedOnes) {
  EndpointHost host;
  for (const Method method : {Method::kPut, Method::kPatch, Method::kHead, Method::kOther}) {
    const Answer answer = EndpointHost::read(*host.send(method, {}, ""));
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(answer.header("allow"), "GET, POST, DELETE, OPTIONS");
  }
}

TEST(HttpMethods, ModernClientsHaveNoStreamToGetAndNothingToDelete) {
  EndpointHost host;
  const std::string session = host.open_session();
  for (const Method method : {Method::kGet, Method::kDelete}) {
    const Answer answer =
        EndpointHost::read(*host.send(method, {kModernVersion, {"Mcp-Session-Id", session}}, ""));
    EXPECT_EQ(answer.status, 405);
    EXPECT_FALSE(answer.header("allow").empty());
  }
}

TEST(HttpMethods, GetWithoutASessionIsNotAllowed) {
  EndpointHost host;
  EXPECT_EQ(EndpointHost::read(*host.send(Method::kGet, {}, "")).status, 405);
}

TEST(HttpMethods, DeleteWithoutASessionIsABadRequestAndOfAnUnknownOneNotFound) {
  EndpointHost host;
  EXPECT_EQ(EndpointHost::read(*host.send(Method::kDelete, {}, "")).status, 400);
  EXPECT_EQ(
      EndpointHost::read(*host.send(Method::kDelete, {{"Mcp-Session-Id", "k1.AAAA"}}, "")).status,
      404);
}

TEST(HttpBody, MustBeJsonByItsMediaType) {
  EndpointHost host;
  mcp::Arrival arrival{{}, make_caller(), nullptr};
  arrival.request.method = Method::kPost;
  arrival.request.headers.add("Content-Type", "text/plain");
  arrival.request.body = request("1", "tools/list", modern_params());
  auto exchange = std::make_shared<RecordingExchange>();
  arrival.exchange = exchange;
  host.endpoint.handle(std::move(arrival));
  EXPECT_EQ(EndpointHost::read(*exchange).status, 415);
}

TEST(HttpBody, AClientThatCanReadNeitherFormIsToldSo) {
  EndpointHost host;
  EXPECT_EQ(host.post({{"Accept", "text/html"}}, "{}").status, 406);
}

TEST(HttpBody, AnUnparseableOneIsAParseErrorWithoutId) {
  EndpointHost host;
  for (const char* body : {"{", "", "\xff", "{} {}", "nul"}) {
    const Answer answer = host.post({}, body);
    EXPECT_EQ(answer.status, 400) << body;
    EXPECT_EQ(answer.error(), -32700) << body;
    EXPECT_FALSE(answer.has_id());
  }
}

TEST(HttpBody, NestedBeyondTheLimitIsAParseError) {
  EndpointHost host;
  const std::string deep = std::string(1000, '[') + std::string(1000, ']');
  EXPECT_EQ(host.post({}, deep).error(), -32700);
}

TEST(HttpBody, ANullIdIsInvalidAndNotEchoed) {
  EndpointHost host;
  const Answer answer = host.post({}, R"({"jsonrpc":"2.0","id":null,"method":"ping"})");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.error(), -32600);
  EXPECT_FALSE(answer.has_id());
}

TEST(HttpBody, AClientThatReadsOnlyEventsGetsOneEvent) {
  EndpointHost host;
  const auto exchange =
      host.send(Method::kPost,
                {{"Accept", "text/event-stream"}, kModernVersion, {"Mcp-Method", "tools/list"}},
                request("1", "tools/list", modern_params()));
  ASSERT_NE(exchange->stream(), nullptr);
  EXPECT_TRUE(exchange->stream()->closed());
  const std::string text = exchange->stream()->text();
  EXPECT_TRUE(text.starts_with(R"(data: {"jsonrpc":"2.0","id":1,"result":)")) << text;
  EXPECT_TRUE(text.ends_with("}\n\n"));
}

}  // namespace
}  // namespace mcph::test
