// What a legacy client sets for its session, and that every host of the installation knows it.
#include <gtest/gtest.h>

#include "crypto/hash.h"
#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

constexpr std::string_view kEmpty = R"({"jsonrpc":"2.0","id":1,"result":{}})";

TEST(SetLogLevel, AnswersWithAnEmptyObject) {
  EndpointHost host;
  const std::string session = host.open_session();
  for (const char* level :
       {"debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"}) {
    const std::string params = std::string(R"({"level":")") + level + "\"}";
    EXPECT_EQ(host.ask(session, request("1", "logging/setLevel", params)).body, kEmpty) << level;
  }
}

TEST(SetLogLevel, RefusesWhatIsNoLevel) {
  EndpointHost host;
  const std::string session = host.open_session();
  for (const char* params : {"{}", R"({"level":"loud"})", R"({"level":7})", R"({"level":null})"}) {
    EXPECT_EQ(host.ask(session, request("1", "logging/setLevel", params)).error(), -32602)
        << params;
  }
}

TEST(SetLogLevel, IsStoredForAllHosts) {
  EndpointHost host;
  const std::string session = host.open_session();
  host.ask(session, request("1", "logging/setLevel", R"({"level":"alert"})"));
  EXPECT_EQ(host.store->load(crypto::sha256(session))->log_level, mcp::Severity::kAlert);
}

TEST(SetLogLevel, IsNotThereForModernClients) {
  EndpointHost host;
  const Answer answer = host.post({kModernVersion, {"Mcp-Method", "logging/setLevel"}},
                                  request("1", "logging/setLevel", modern_params()));
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.error(), -32601);
}

TEST(SetLogLevel, FailsWhileTheDatabaseIsDown) {
  EndpointHost host;
  const std::string session = host.open_session();
  host.store->set_down(true);
  EXPECT_EQ(host.ask(session, request("1", "logging/setLevel", R"({"level":"info"})")).error(),
            -32603);
}

TEST(Subscribe, AnswersWithAnEmptyObject) {
  EndpointHost host;
  const std::string session = host.open_session();
  for (const char* method : {"resources/subscribe", "resources/subscribe", "resources/unsubscribe",
                             "resources/unsubscribe"}) {
    EXPECT_EQ(host.ask(session, request("1", method, R"({"uri":"todo://1"})")).body, kEmpty);
  }
}

TEST(Subscribe, NeedsAUriOfSensibleSize) {
  EndpointHost host;
  const std::string session = host.open_session();
  const std::string huge = R"({"uri":")" + std::string(mcp::limits::kUriBytesMax + 1, 'u') + "\"}";
  for (const std::string& params :
       {std::string("{}"), std::string(R"({"uri":""})"), std::string(R"({"uri":1})"), huge}) {
    EXPECT_EQ(host.ask(session, request("1", "resources/subscribe", params)).error(), -32602);
    EXPECT_EQ(host.ask(session, request("1", "resources/unsubscribe", params)).error(), -32602);
  }
}

TEST(Subscribe, HasALimitForEachSession) {
  EndpointHost host;
  const std::string session = host.open_session();
  for (std::size_t i = 0; i < mcp::limits::kSubscriptionsPerSessionMax; ++i) {
    const std::string params = R"({"uri":"todo://)" + std::to_string(i) + "\"}";
    ASSERT_EQ(host.ask(session, request("1", "resources/subscribe", params)).body, kEmpty);
  }
  EXPECT_EQ(host.ask(session, request("1", "resources/subscribe", R"({"uri":"one more"})")).error(),
            -32602);
  EXPECT_EQ(host.ask(session, request("1", "resources/subscribe", R"({"uri":"todo://0"})")).body,
            kEmpty)
      << "it was subscribed to before";
}

TEST(SessionState, ChangedOnAnotherHostIsReadBeforeTheNextRequest) {
  EndpointHost a;
  EndpointHost b(EndpointHost::default_options(), make_key_ring(), a.stores);
  const std::string session = a.open_session();
  b.ask(session, request("1", "logging/setLevel", R"({"level":"error"})"));
  const int before = a.store->questions();
  a.endpoint.note_session_changed(crypto::sha256(session));
  a.ask(session, request("1", "ping"));
  EXPECT_EQ(a.store->questions(), before + 1);
  a.ask(session, request("1", "ping"));
  EXPECT_EQ(a.store->questions(), before + 1);
}

}  // namespace
}  // namespace mcph::test
