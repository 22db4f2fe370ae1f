#include "mcp/progress.h"

#include <gtest/gtest.h>

#include <cmath>

#include "mcp/limits.h"
#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

TEST(Progress, IsWrittenWithTheClientsTokenAndItsType) {
  mcp::Progress number("7", SteadyTime{});
  EXPECT_EQ(number.make_notification(0.5, 2, "half \"way\"", SteadyTime{}),
            R"({"jsonrpc":"2.0","method":"notifications/progress","params":)"
            R"({"progressToken":7,"progress":0.5,"total":2,"message":"half \"way\""}})");
  mcp::Progress text(R"("7")", SteadyTime{});
  EXPECT_EQ(text.make_notification(50, 0, "", SteadyTime{}),
            R"({"jsonrpc":"2.0","method":"notifications/progress","params":)"
            R"({"progressToken":"7","progress":50}})");
}

TEST(Progress, AlwaysGrows) {
  mcp::Progress progress("1", SteadyTime{});
  EXPECT_NE(progress.make_notification(2, 0, "", SteadyTime{}), "");
  EXPECT_EQ(progress.make_notification(2, 0, "", SteadyTime{}), "");
  EXPECT_EQ(progress.make_notification(1, 0, "", SteadyTime{}), "");
  EXPECT_EQ(progress.make_notification(NAN, 0, "", SteadyTime{}), "");
  EXPECT_EQ(progress.make_notification(INFINITY, 0, "", SteadyTime{}), "");
  EXPECT_NE(progress.make_notification(3, 0, "", SteadyTime{}), "");
}

TEST(Progress, StaysJsonWhateverTheToolSays) {
  mcp::Progress progress("1", SteadyTime{});
  for (const double value : {-1e308, -0.0, 1e-300, 1e300}) {
    const std::string text = progress.make_notification(value, NAN, "\xff", SteadyTime{});
    EXPECT_TRUE(parse_json(text).ok()) << text;
    EXPECT_EQ(text.find("message"), std::string::npos);
  }
}

TEST(Progress, IsSlowedDownToATrickle) {
  mcp::Progress progress("1", SteadyTime{});
  int sent = 0;
  double value = 0;
  const auto burst = [&](SteadyTime now) {
    for (int i = 0; i < 1000; ++i) sent += !progress.make_notification(++value, 0, "", now).empty();
  };
  burst(SteadyTime{});
  EXPECT_EQ(sent, static_cast<int>(mcp::limits::kNotificationBurst));
  burst(SteadyTime{} + Seconds(1));
  EXPECT_EQ(sent, static_cast<int>(mcp::limits::kNotificationBurst +
                                   mcp::limits::kNotificationsPerSecond));
}

std::shared_ptr<RecordingExchange> start(EndpointHost& host, HeaderList more,
                                         std::string_view meta) {
  mcp::Arrival arrival{{}, make_caller(), nullptr};
  arrival.request.method = Method::kPost;
  arrival.request.headers.add("Content-Type", "application/json");
  for (const auto& [name, value] : more) arrival.request.headers.add(name, value);
  arrival.request.headers.add("MCP-Protocol-Version", "2026-07-28");
  arrival.request.headers.add("Mcp-Method", "tools/call");
  arrival.request.headers.add("Mcp-Name", "slow");
  arrival.request.body = request("5", "tools/call",
                                 R"({"name":"slow","_meta":{)" + std::string(meta) +
                                     R"("io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
                                     R"("io.modelcontextprotocol/clientCapabilities":{}}})");
  auto exchange = std::make_shared<RecordingExchange>();
  arrival.exchange = exchange;
  host.endpoint.handle(std::move(arrival));
  return exchange;
}

TEST(ProgressOfACall, TurnsTheAnswerIntoAStreamThatEndsWithTheResult) {
  EndpointHost host;
  host.catalog.add_pending("slow");
  const auto exchange = start(host, {}, R"("progressToken":"p",)");
  EXPECT_FALSE(exchange->answered());  // not before there is something to say
  host.catalog.pending()->progress(0, 100);
  ASSERT_NE(exchange->stream(), nullptr);
  host.catalog.pending()->progress(100, 100);
  EXPECT_FALSE(exchange->stream()->closed());
  host.catalog.pending()->finish(make_text_outcome("done"));
  EXPECT_TRUE(exchange->stream()->closed());
  const std::string text = exchange->stream()->text();
  EXPECT_NE(text.find(R"("progressToken":"p","progress":0,"total":100)"), std::string::npos);
  const std::size_t last = text.rfind("data: ");
  EXPECT_NE(text.find(R"("id":5,"result":)", last), std::string::npos);
  EXPECT_NE(text.find(R"("resultType":"complete")", last), std::string::npos);
}

TEST(ProgressOfACall, IsLeftOutForAClientThatDidNotAsk) {
  EndpointHost host;
  host.catalog.add_pending("slow");
  const auto exchange = start(host, {}, "");
  host.catalog.pending()->progress(1);
  host.catalog.pending()->finish(make_text_outcome("done"));
  EXPECT_EQ(EndpointHost::read(*exchange).status, 200);
}

TEST(ProgressOfACall, IsLeftOutForAClientThatCannotReadStreams) {
  EndpointHost host;
  host.catalog.add_pending("slow");
  const auto exchange = start(host, {{"Accept", "application/json"}}, R"("progressToken":1,)");
  host.catalog.pending()->progress(1);
  host.catalog.pending()->finish(make_text_outcome("done"));
  EXPECT_EQ(EndpointHost::read(*exchange).status, 200);
}

TEST(ProgressOfACall, AnErrorAfterItTravelsInTheStream) {
  EndpointHost host;
  host.catalog.add_pending("slow");
  const auto exchange = start(host, {}, R"("progressToken":1,)");
  host.catalog.pending()->progress(1);
  mcp::Outcome outcome;
  outcome.kind = mcp::Outcome::Kind::kSignInAgain;
  host.catalog.pending()->finish(outcome);
  EXPECT_NE(exchange->stream()->text().find(R"("id":5,"error":)"), std::string::npos);
  EXPECT_TRUE(exchange->stream()->closed());
}

}  // namespace
}  // namespace mcph::test
