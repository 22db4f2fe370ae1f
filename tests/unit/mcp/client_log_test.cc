// notifications/message: what a plugin logs during a call, for clients that asked for it.
#include <gtest/gtest.h>

#include "mcp/limits.h"
#include "mcp/log_notification.h"
#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

void log_at_every_level(mcp::CallObserver& observer) {
  observer.log(LogLevel::kDebug, "d", {});
  observer.log(LogLevel::kInfo, "i", {});
  observer.log(LogLevel::kWarn, "w", {});
  observer.log(LogLevel::kError, "e", R"({"n":1})");
}

class ClientLog : public testing::Test {
 protected:
  ClientLog() {
    host.catalog.add("chatty", [](const auto&, mcp::CallObserver& observer) {
      log_at_every_level(observer);
      return make_text_outcome("done");
    });
  }
  // How many messages came before the result.
  static std::size_t count(RecordingExchange& exchange) {
    if (exchange.stream() == nullptr) return 0;
    const std::string text = exchange.stream()->text();
    std::size_t found = 0;
    for (std::size_t at = 0; (at = text.find("notifications/message", at)) != text.npos; ++at) {
      ++found;
    }
    return found;
  }
  std::size_t modern(std::string_view level) {
    const std::string meta =
        level.empty() ? "" : R"(,"io.modelcontextprotocol/logLevel":")" + std::string(level) + "\"";
    return count(*host.send_modern("tools/call", R"("name":"chatty",)", "chatty", "{}",
                                   make_caller(), meta));
  }
  EndpointHost host;
};

TEST_F(ClientLog, AModernRequestSaysHowMuchItWants) {
  EXPECT_EQ(modern(""), 0u);
  EXPECT_EQ(modern("debug"), 4u);
  EXPECT_EQ(modern("info"), 3u);
  EXPECT_EQ(modern("notice"), 2u);
  EXPECT_EQ(modern("warning"), 2u);
  EXPECT_EQ(modern("error"), 1u);
  EXPECT_EQ(modern("critical"), 0u);
  EXPECT_EQ(modern("emergency"), 0u);
}

TEST_F(ClientLog, WithoutAWishTheAnswerStaysOneObject) {
  EXPECT_EQ(host.ask_modern("tools/call", R"("name":"chatty",)", "chatty").status, 200);
}

TEST_F(ClientLog, TheMessageIsTheDataOrStandsBesideItsFields) {
  EXPECT_EQ(mcp::make_log_notification(mcp::Severity::kInfo, "a \"b\"", {}),
            R"({"jsonrpc":"2.0","method":"notifications/message",)"
            R"("params":{"level":"info","data":"a \"b\""}})");
  EXPECT_EQ(mcp::make_log_notification(mcp::Severity::kWarning, "a", R"({"n":1})"),
            R"({"jsonrpc":"2.0","method":"notifications/message",)"
            R"("params":{"level":"warning","data":{"message":"a","fields":{"n":1}}}})");
  EXPECT_TRUE(parse_json(mcp::make_log_notification(mcp::Severity::kInfo, "\xff", {})).ok());
}

TEST_F(ClientLog, ComesBeforeTheResult) {
  const auto exchange =
      host.send_modern("tools/call", R"("name":"chatty",)", "chatty", "{}", make_caller(),
                       R"(,"io.modelcontextprotocol/logLevel":"error")");
  ASSERT_NE(exchange->stream(), nullptr);
  const std::string text = exchange->stream()->text();
  EXPECT_LT(text.find("notifications/message"), text.find("\"result\""));
}

TEST_F(ClientLog, IsSlowedDownToATrickle) {
  host.catalog.add("flood", [](const auto&, mcp::CallObserver& observer) {
    for (int i = 0; i < 1000; ++i) observer.log(LogLevel::kError, "again", {});
    return make_text_outcome("done");
  });
  EXPECT_EQ(
      count(*host.send_modern("tools/call", R"("name":"flood",)", "flood", "{}", make_caller(),
                              R"(,"io.modelcontextprotocol/logLevel":"debug")")),
      mcp::limits::kNotificationBurst);
}

TEST_F(ClientLog, SaysNothingAfterACancelledCall) {
  host.catalog.add_pending("slow");
  const auto exchange =
      host.send_modern("tools/call", R"("name":"slow",)", "slow", "{}", make_caller(),
                       R"(,"io.modelcontextprotocol/logLevel":"debug")");
  const auto pending = host.catalog.pending();
  exchange->go_away();
  EXPECT_TRUE(pending->cancelled());
  EXPECT_EQ(count(*exchange), 0u);
}

}  // namespace
}  // namespace mcph::test
