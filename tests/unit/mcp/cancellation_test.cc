#include <gtest/gtest.h>

#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

std::shared_ptr<RecordingExchange> call_modern(EndpointHost& host) {
  return host.send(Method::kPost,
                   {kModernVersion, {"Mcp-Method", "tools/call"}, {"Mcp-Name", "slow"}},
                   request("1", "tools/call", modern_params(R"("name":"slow",)")));
}

std::shared_ptr<RecordingExchange> call_legacy(EndpointHost& host, const std::string& session,
                                               std::string_view id = "1") {
  return host.send(Method::kPost, {{"Mcp-Session-Id", session}},
                   request(id, "tools/call", R"({"name":"slow","_meta":{"progressToken":1}})"));
}

std::string cancelled(std::string_view id) {
  return R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":)" +
         std::string(id) + "}}";
}

TEST(Cancellation, AModernClientCancelsByGoingAway) {
  EndpointHost host;
  host.catalog.add_pending("slow");
  const auto exchange = call_modern(host);
  EXPECT_FALSE(host.catalog.pending()->cancelled());
  exchange->go_away();
  EXPECT_TRUE(host.catalog.pending()->cancelled());
}

TEST(Cancellation, ALegacyClientThatGoesAwayDoesNotCancel) {
  EndpointHost host;
  host.catalog.add_pending("slow");
  const auto exchange = call_legacy(host, host.open_session());
  exchange->go_away();
  EXPECT_FALSE(host.catalog.pending()->cancelled());
  host.catalog.pending()->finish(make_text_outcome("done"));
}

TEST(Cancellation, ALegacyNotificationCancelsAndNoResponseFollows) {
  EndpointHost host;
  host.catalog.add_pending("slow");
  const std::string session = host.open_session();
  const auto exchange = call_legacy(host, session);
  EXPECT_EQ(host.ask(session, cancelled("1")).status, 202);
  EXPECT_TRUE(host.catalog.pending()->cancelled());
  ASSERT_NE(exchange->stream(), nullptr);
  EXPECT_TRUE(exchange->stream()->closed());
  EXPECT_EQ(exchange->stream()->text(), "");
}

TEST(Cancellation, EndsAnOpenStreamWithoutAResponse) {
  EndpointHost host;
  host.catalog.add_pending("slow");
  const std::string session = host.open_session();
  const auto exchange = call_legacy(host, session);
  host.catalog.pending()->progress(1);
  host.ask(session, cancelled("1"));
  host.settle();
  EXPECT_TRUE(exchange->stream()->closed());
  EXPECT_EQ(exchange->stream()->text().find("\"id\":1"), std::string::npos);
}

TEST(Cancellation, NeedsTheSameSessionAndTheSameTypeOfId) {
  EndpointHost host;
  host.catalog.add_pending("slow");
  const std::string session = host.open_session();
  call_legacy(host, session);
  host.ask(host.open_session(), cancelled("1"));
  host.ask(session, cancelled(R"("1")"));
  host.ask(session, cancelled("2"));
  host.ask(session, cancelled("null"));
  host.ask(session, R"({"jsonrpc":"2.0","method":"notifications/cancelled"})");
  EXPECT_FALSE(host.catalog.pending()->cancelled());
  host.catalog.pending()->finish(make_text_outcome("done"));
}

TEST(Cancellation, OfAFinishedCallIsIgnored) {
  EndpointHost host;
  host.catalog.add_pending("slow");
  const std::string session = host.open_session();
  const auto exchange = call_legacy(host, session);
  host.catalog.pending()->finish(make_text_outcome("done"));
  EXPECT_EQ(host.ask(session, cancelled("1")).status, 202);
  EXPECT_EQ(EndpointHost::read(*exchange).status, 200);
}

TEST(Cancellation, ReachesTheLaterOfTwoCallsWithOneId) {
  EndpointHost host;
  host.catalog.add_pending("slow");
  const std::string session = host.open_session();
  const auto first_exchange = call_legacy(host, session);
  const auto first = host.catalog.pending();
  call_legacy(host, session);
  first->finish(make_text_outcome("done"));
  host.ask(session, cancelled("1"));
  EXPECT_TRUE(host.catalog.pending()->cancelled());
  EXPECT_EQ(EndpointHost::read(*first_exchange).status, 200);
}

}  // namespace
}  // namespace mcph::test
