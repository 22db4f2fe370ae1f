// subscriptions/listen: what modern clients hear of, and how long.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

using Kind = mcp::Announcement::Kind;
using testing::HasSubstr;
using testing::Not;

const mcp::Announcement kTools{Kind::kToolsChanged, {}};
const mcp::Announcement kPrompts{Kind::kPromptsChanged, {}};

struct ListenTest : testing::Test {
  explicit ListenTest(mcp::EndpointOptions options = EndpointHost::default_options())
      : host(options) {
    host.catalog.set_announces();
    host.catalog.add_prompt("p", nullptr);
    host.catalog.add_resource("todo://1", nullptr);
    host.catalog.add_resource("secret://1", nullptr, {"admin"});
    host.catalog.add_template("vault://{x}", nullptr, {"admin"});
  }
  std::shared_ptr<RecordingExchange> send(std::string_view notifications, std::string_view id = "7",
                                          std::string_view accept = "text/event-stream") {
    return host.send(
        Method::kPost, {kModernVersion, {"Mcp-Method", "subscriptions/listen"}, {"Accept", accept}},
        request(id, "subscriptions/listen",
                modern_params(R"("notifications":)" + std::string(notifications) + ",")));
  }
  std::shared_ptr<RecordingStream> listen(std::string_view notifications,
                                          std::string_view id = "7") {
    return send(notifications, id)->stream();
  }
  static std::vector<json::value> messages(RecordingStream& stream) {
    std::vector<json::value> all;
    const std::string text = stream.text();
    for (std::size_t at = text.find("data: "); at != text.npos; at = text.find("data: ", at + 1)) {
      all.push_back(*parse_json(text.substr(at + 6, text.find('\n', at) - at - 6)));
    }
    return all;
  }
  static const json::value& subscription_of(const json::value& message) {
    const char* where = message.as_object().contains("result") ? "result" : "params";
    return message.at(where).at("_meta").at("io.modelcontextprotocol/subscriptionId");
  }

  EndpointHost host;
};

TEST_F(ListenTest, AcknowledgesFirstWhatItGrants) {
  const auto stream = listen(
      R"({"toolsListChanged":true,"promptsListChanged":false,"novelty":true,
          "resourceSubscriptions":["todo://1","todo://1"]})");
  ASSERT_NE(stream, nullptr);
  const auto all = messages(*stream);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].at("method").as_string(), "notifications/subscriptions/acknowledged");
  EXPECT_EQ(all[0].at("params").at("notifications"),
            *parse_json(R"({"toolsListChanged":true,"resourceSubscriptions":["todo://1"]})"));
  EXPECT_THAT(stream->text(), Not(HasSubstr("id: ")));
}

TEST_F(ListenTest, KeepsTheTypeOfTheSubscriptionsId) {
  EXPECT_EQ(subscription_of(messages(*listen("{}", "1700000000000"))[0]), 1700000000000);
  EXPECT_EQ(subscription_of(messages(*listen("{}", "0"))[0]), 0);
  EXPECT_EQ(subscription_of(messages(*listen("{}", "\"0\""))[0]), "0");
}

TEST_F(ListenTest, SaysWhatWasAskedForAndNothingElse) {
  const auto tools = listen(R"({"toolsListChanged":true})", "1");
  const auto prompts = listen(R"({"promptsListChanged":true})", "2");
  const auto both = listen(R"({"toolsListChanged":true,"promptsListChanged":true})", "3");
  host.announce(kTools);
  host.announce(kPrompts);
  ASSERT_EQ(messages(*tools).size(), 2u);
  EXPECT_EQ(messages(*tools)[1].at("method").as_string(), "notifications/tools/list_changed");
  EXPECT_EQ(subscription_of(messages(*tools)[1]), 1);
  ASSERT_EQ(messages(*prompts).size(), 2u);
  EXPECT_EQ(messages(*prompts)[1].at("method").as_string(), "notifications/prompts/list_changed");
  EXPECT_EQ(messages(*both).size(), 3u);
}

TEST_F(ListenTest, SaysWhichOfTheNamedResourcesChanged) {
  const auto stream = listen(R"({"resourceSubscriptions":["todo://2","todo://1"]})");
  host.announce({Kind::kResourceUpdated, "todo://3"});
  host.announce({Kind::kResourceUpdated, "todo://1"});
  ASSERT_EQ(messages(*stream).size(), 2u);
  EXPECT_EQ(messages(*stream)[1].at("params").at("uri").as_string(), "todo://1");
  EXPECT_EQ(subscription_of(messages(*stream)[1]), 7);
}

TEST_F(ListenTest, GrantsNoResourceTheCallerMayNotRead) {
  const auto stream =
      listen(R"({"resourceSubscriptions":["secret://1","vault://2","todo://1","new://1"]})");
  EXPECT_EQ(messages(*stream)[0].at("params").at("notifications"),
            *parse_json(R"({"resourceSubscriptions":["new://1","todo://1"]})"));
  host.announce({Kind::kResourceUpdated, "secret://1"});
  host.announce({Kind::kResourceUpdated, "vault://2"});
  EXPECT_EQ(messages(*stream).size(), 1u);
}

TEST(Listen, GrantsNothingWhereNothingIsAnnounced) {
  EndpointHost host;
  const auto exchange = host.send(
      Method::kPost,
      {kModernVersion, {"Mcp-Method", "subscriptions/listen"}, {"Accept", "text/event-stream"}},
      request("1", "subscriptions/listen",
              modern_params(R"("notifications":{"toolsListChanged":true,"promptsListChanged":true,
                 "resourcesListChanged":true,"resourceSubscriptions":["a"]},)")));
  ASSERT_NE(exchange->stream(), nullptr);
  EXPECT_THAT(exchange->stream()->text(), HasSubstr(R"("notifications":{})"));
}

TEST_F(ListenTest, RefusesAMalformedFilter) {
  std::string many = R"({"resourceSubscriptions":[)";
  for (std::size_t i = 0; i <= mcp::limits::kSubscriptionsPerStreamMax; ++i) many += "\"a\",";
  many += "\"a\"]}";
  for (const std::string& filter : {std::string("null"), std::string("[]"), std::string("1"),
                                    std::string(R"({"resourceSubscriptions":1})"),
                                    std::string(R"({"resourceSubscriptions":[1]})"), many}) {
    EXPECT_EQ(EndpointHost::read(*send(filter)).error(), -32602) << filter.substr(0, 40);
  }
  const auto none =
      host.send(Method::kPost, {kModernVersion, {"Mcp-Method", "subscriptions/listen"}},
                request("1", "subscriptions/listen", modern_params()));
  EXPECT_EQ(EndpointHost::read(*none).error(), -32602);
}

TEST_F(ListenTest, NeedsAClientThatReadsEvents) {
  EXPECT_EQ(EndpointHost::read(*send("{}", "7", "application/json")).status, 406);
}

TEST_F(ListenTest, EndsWithAResultWhenTheHostStops) {
  const auto stream = listen(R"({"toolsListChanged":true})", "\"sub\"");
  host.endpoint.end_streams();
  const json::value last = messages(*stream).back();
  EXPECT_EQ(last.at("id"), "sub");
  EXPECT_EQ(last.at("result").at("resultType").as_string(), "complete");
  EXPECT_EQ(subscription_of(last), "sub");
  EXPECT_TRUE(
      last.at("result").at("_meta").as_object().contains("io.modelcontextprotocol/serverInfo"));
  EXPECT_TRUE(stream->closed());
}

TEST_F(ListenTest, EndsWithTheToken) {
  const auto revoked = listen("{}");
  host.endpoint.note_token_revoked("hash of ann");
  EXPECT_TRUE(revoked->closed());
  EXPECT_THAT(revoked->text(), HasSubstr(R"("resultType":"complete")"));

  bool good = true;
  host.token_check = [&good](const std::function<void(bool)>& report) { report(good); };
  const auto checked = listen("{}");
  host.endpoint.recheck_streams();
  EXPECT_FALSE(checked->closed());
  good = false;
  host.endpoint.recheck_streams();
  EXPECT_TRUE(checked->closed());

  host.token_check = nullptr;
  const auto expired = listen("{}");
  host.clock.advance(Seconds{3600});
  host.endpoint.recheck_streams();
  EXPECT_TRUE(expired->closed());
}

TEST_F(ListenTest, IsForgottenWhenTheClientGoes) {
  const auto exchange = send("{}");
  EXPECT_EQ(host.endpoint.open_streams(), 1u);
  exchange->go_away();
  EXPECT_EQ(host.endpoint.open_streams(), 0u);
}

struct CrowdedListenTest : ListenTest {
  static mcp::EndpointOptions options() {
    mcp::EndpointOptions options = EndpointHost::default_options();
    options.streams_per_principal_max = 2;
    return options;
  }
  CrowdedListenTest() : ListenTest(options()) {}
};

TEST_F(CrowdedListenTest, HasALimitForEachPerson) {
  EXPECT_NE(listen("{}"), nullptr);
  EXPECT_NE(listen("{}"), nullptr);
  EXPECT_EQ(EndpointHost::read(*send("{}")).status, 503);
}

TEST_F(ListenTest, OneThousandHearOfAChange) {
  mcp::EndpointOptions options = EndpointHost::default_options();
  options.streams_per_principal_max = 1000;
  EndpointHost busy(options);
  busy.catalog.set_announces();
  std::vector<std::shared_ptr<RecordingExchange>> all;
  for (int i = 0; i < 1000; ++i) {
    all.push_back(busy.send(
        Method::kPost,
        {kModernVersion, {"Mcp-Method", "subscriptions/listen"}, {"Accept", "text/event-stream"}},
        request(std::to_string(i), "subscriptions/listen",
                modern_params(R"("notifications":{"toolsListChanged":true},)"))));
  }
  busy.announce(kTools);
  for (const auto& exchange : all) {
    ASSERT_NE(exchange->stream(), nullptr);
    EXPECT_THAT(exchange->stream()->text(), HasSubstr("tools/list_changed"));
  }
}

}  // namespace
}  // namespace mcph::test
