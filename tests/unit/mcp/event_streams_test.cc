// GET streams: who may open one and when it ends.
#include <gtest/gtest.h>

#include "crypto/hash.h"
#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

std::shared_ptr<RecordingExchange> listen(EndpointHost& host, const std::string& session,
                                          CallerPtr caller = make_caller()) {
  return host.send(Method::kGet, {{"Mcp-Session-Id", session}, {"Accept", "text/event-stream"}}, "",
                   std::move(caller));
}

TEST(EventStreams, OpenForASessionAndSayNothingYet) {
  EndpointHost host;
  const auto exchange = listen(host, host.open_session("2025-06-18"));
  ASSERT_NE(exchange->stream(), nullptr);
  EXPECT_EQ(exchange->stream()->text(), "");
  EXPECT_FALSE(exchange->stream()->closed());
  EXPECT_EQ(host.endpoint.open_streams(), 1u);
}

TEST(EventStreams, NeedALiveSessionOfTheCallerAndAClientThatReadsEvents) {
  EndpointHost host;
  const std::string session = host.open_session();
  EXPECT_EQ(EndpointHost::read(*listen(host, "dead")).status, 404);
  EXPECT_EQ(EndpointHost::read(*listen(host, session, make_caller("bob"))).status, 404);
  EXPECT_EQ(EndpointHost::read(
                *host.send(Method::kGet,
                           {{"Mcp-Session-Id", session}, {"Accept", "application/json"}}, ""))
                .status,
            406);
  EXPECT_EQ(EndpointHost::read(
                *host.send(Method::kGet,
                           {{"Mcp-Session-Id", session}, {"MCP-Protocol-Version", "banana"}}, ""))
                .status,
            400);
  EXPECT_EQ(host.endpoint.open_streams(), 0u);
}

TEST(EventStreams, EndWhenTheClientGoes) {
  EndpointHost host;
  listen(host, host.open_session())->go_away();
  EXPECT_EQ(host.endpoint.open_streams(), 0u);
}

TEST(EventStreams, EndWithTheirSession) {
  EndpointHost host;
  const std::string session = host.open_session();
  const auto exchange = listen(host, session);
  EndpointHost::read(*host.send(Method::kDelete, {{"Mcp-Session-Id", session}}, ""));
  EXPECT_TRUE(exchange->stream()->closed());

  const std::string other = host.open_session();
  const auto elsewhere = listen(host, other);
  host.endpoint.note_session_terminated(crypto::sha256(other));
  EXPECT_TRUE(elsewhere->stream()->closed());
  EXPECT_EQ(host.endpoint.open_streams(), 0u);
}

TEST(EventStreams, EndWhenTheTokenExpires) {
  EndpointHost host;
  const auto exchange = listen(host, host.open_session());
  host.clock.advance(Seconds(3599));
  host.endpoint.recheck_streams();
  EXPECT_FALSE(exchange->stream()->closed());
  host.clock.advance(Seconds(1));
  host.endpoint.recheck_streams();
  EXPECT_TRUE(exchange->stream()->closed());
}

TEST(EventStreams, EndAtOnceWithTheAccessTheyWereOpenedWith) {
  EndpointHost host;
  const auto by_grant = listen(host, host.open_session());
  host.endpoint.note_grant_revoked(GrantId("another"));
  EXPECT_FALSE(by_grant->stream()->closed());
  host.endpoint.note_grant_revoked(GrantId("grant-1"));
  EXPECT_TRUE(by_grant->stream()->closed());

  const auto by_client = listen(host, host.open_session());
  host.endpoint.note_client_changed(ClientId("phone"));
  EXPECT_FALSE(by_client->stream()->closed());
  host.endpoint.note_client_changed(ClientId("desk"));
  EXPECT_TRUE(by_client->stream()->closed());

  const auto by_token = listen(host, host.open_session());
  host.endpoint.note_token_revoked("hash of bob");
  EXPECT_FALSE(by_token->stream()->closed());
  host.endpoint.note_token_revoked("hash of ann");
  EXPECT_TRUE(by_token->stream()->closed());
}

TEST(EventStreams, AskAgainForTheirTokenAndEndWhenItIsNoLongerGood) {
  EndpointHost host;
  bool good = true;
  host.token_check = [&good](const std::function<void(bool)>& report) { report(good); };
  const auto exchange = listen(host, host.open_session());
  host.endpoint.recheck_streams();
  EXPECT_FALSE(exchange->stream()->closed());
  good = false;
  host.endpoint.recheck_streams();
  EXPECT_TRUE(exchange->stream()->closed());
  EXPECT_EQ(host.endpoint.open_streams(), 0u);
}

TEST(EventStreams, ANewOneReplacesTheOldOneOfItsSession) {
  EndpointHost host;
  const std::string session = host.open_session();
  const auto first = listen(host, session);
  const auto second = listen(host, session);
  EXPECT_TRUE(first->stream()->closed());
  EXPECT_FALSE(second->stream()->closed());
  first->go_away();
  EXPECT_FALSE(second->stream()->closed());
  EXPECT_EQ(host.endpoint.open_streams(), 1u);
}

TEST(EventStreams, HaveALimitForEachPersonAndOneForTheHost) {
  mcp::EndpointOptions options = EndpointHost::default_options();
  options.streams_max = 3;
  options.streams_per_principal_max = 2;
  EndpointHost host(options);
  const auto first = listen(host, host.open_session());
  listen(host, host.open_session());
  const Answer third = EndpointHost::read(*listen(host, host.open_session()));
  EXPECT_EQ(third.status, 503);
  EXPECT_FALSE(third.header("retry-after").empty());

  const CallerPtr bob = make_caller("bob");
  const CallerPtr eve = make_caller("eve");
  EXPECT_NE(listen(host, host.open_session("2025-11-25", bob), bob)->stream(), nullptr);
  EXPECT_EQ(EndpointHost::read(*listen(host, host.open_session("2025-11-25", eve), eve)).status,
            503);
  first->go_away();
  EXPECT_NE(listen(host, host.open_session("2025-11-25", eve), eve)->stream(), nullptr);
}

}  // namespace
}  // namespace mcph::test
