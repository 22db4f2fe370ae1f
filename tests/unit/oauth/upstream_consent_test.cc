#include "oauth/consent/upstream.h"
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

constexpr char kPolicy[] = "policy-1";

Settings upstream_settings(ConsentMode mode = ConsentMode::kUpstream) {
  Settings settings = test_settings();
  settings.consent_mode = mode;
  settings.upstream_policy = kPolicy;
  return settings;
}

// Our client registered itself: nobody vouched for it.
struct UpstreamConsent : OAuthTest {
  UpstreamConsent() : UpstreamConsent(upstream_settings()) {}
  explicit UpstreamConsent(Settings settings) : asking(std::move(settings), parts) {
    stranger = client;
    stranger.id = ClientId{"stranger"};
    stranger.kind = ClientKind::kDynamic;
    stranger.name = "Trip\u202e planner";
    add(stranger);
    idp.user.acr = kPolicy;
  }

  Response begin(const std::string& client_id = "stranger") {
    return browser.get(asking, "/authorize?" + to_form(authorize_fields(client_id)));
  }
  std::map<std::string, std::string> sent() const {
    return {idp.extras.back().begin(), idp.extras.back().end()};
  }
  // Back from the flow with this receipt; nothing for a claim that is not there.
  std::map<std::string, std::string> finish(const std::optional<json::value>& receipt) {
    json::object claims{{"sub", "user-1"}};
    if (receipt) claims["mcp_txn"] = *receipt;
    idp.user.claims_json = to_json(claims);
    return answer_of(
        browser.get(asking, "/callback?code=upstream-code&state=" + idp.states.back()));
  }
  std::size_t count_grants() { return grants.list({}).value().size(); }

  Server asking;
  Client stranger;
};

TEST_F(UpstreamConsent, ShowsNoPageOfOursAndTellsTheFlowWhoAsksForWhat) {
  EXPECT_EQ(begin().status, 303);
  const auto told = sent();
  EXPECT_EQ(told.at("mcp_client_id"), "stranger");
  EXPECT_EQ(told.at("mcp_client_name"), "Trip planner");
  EXPECT_EQ(told.at("mcp_redirect_host"), "app.example");
  EXPECT_EQ(told.at("mcp_scope"), "todo:read todo:write");
  EXPECT_GE(told.at("mcp_txn").size(), 43u);
}

TEST_F(UpstreamConsent, WithTheRightReceiptIsACode) {
  begin();
  EXPECT_EQ(finish(json::value(sent().at("mcp_txn"))).count("code"), 1u);
}

// Threat 1: a client anybody registered, a person who is signed in upstream, and no page on the
// way.
TEST_F(UpstreamConsent, WithoutAReceiptIsRefused) {
  begin();
  EXPECT_EQ(finish(std::nullopt)["error"], "access_denied");
  EXPECT_EQ(count_grants(), 0u);
}

TEST_F(UpstreamConsent, WithTheReceiptOfAnotherRequestIsRefused) {
  begin();
  const std::string other = sent().at("mcp_txn");
  begin();
  EXPECT_NE(sent().at("mcp_txn"), other);
  EXPECT_EQ(finish(json::value(other))["error"], "access_denied");
  EXPECT_EQ(count_grants(), 0u);
}

TEST_F(UpstreamConsent, WithAReceiptThatIsNoTextIsRefused) {
  for (const json::value& bad :
       {json::value(true), json::value(nullptr), json::value(""), json::value(json::array{"a"})}) {
    begin();
    EXPECT_EQ(finish(bad)["error"], "access_denied");
  }
}

TEST_F(UpstreamConsent, FromAnotherPolicyIsRefused) {
  begin();
  idp.user.acr = "weaker-policy";
  EXPECT_EQ(finish(json::value(sent().at("mcp_txn")))["error"], "access_denied");
}

TEST_F(UpstreamConsent, OfAClientAnAdministratorSetUpNeedsNoReceipt) {
  begin("client-1");
  EXPECT_EQ(finish(std::nullopt).count("code"), 1u);
}

TEST_F(UpstreamConsent, OfAnyClientRefusesAReceiptThatIsWrong) {
  begin("client-1");
  EXPECT_EQ(finish(json::value("somebody else's"))["error"], "access_denied");
}

TEST_F(UpstreamConsent, BelongsToTheBrowserThatBegan) {
  begin();
  const auto receipt = json::value(sent().at("mcp_txn"));
  browser.cookies.clear();
  EXPECT_EQ(finish(receipt).count("code"), 0u);
  EXPECT_EQ(count_grants(), 0u);
}

// Cookies of sign-ins that nobody finishes must not fill the request head.
TEST_F(UpstreamConsent, KeepsFiveSignInsOfABrowser) {
  for (int i = 0; i < 9; ++i) begin();
  EXPECT_EQ(browser.cookies.size(), 5u);
  EXPECT_EQ(finish(json::value(sent().at("mcp_txn"))).count("code"), 1u);
}

struct UnsafeUpstreamConsent : UpstreamConsent {
  static Settings unsafe() {
    Settings settings = upstream_settings();
    settings.unsafe_upstream_consent = true;
    return settings;
  }
  UnsafeUpstreamConsent() : UpstreamConsent(unsafe()) {}
};

TEST_F(UnsafeUpstreamConsent, NeedsNoReceipt) {
  begin();
  EXPECT_EQ(finish(std::nullopt).count("code"), 1u);
}

struct ConsentOfBoth : UpstreamConsent {
  ConsentOfBoth() : UpstreamConsent(upstream_settings(ConsentMode::kBoth)) {}
};

TEST_F(ConsentOfBoth, ShowsOurPageFirstAndTellsTheFlowThen) {
  const auto page = begin();
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(idp.extras.empty());
  browser.post(asking, {{"request", sealed_in(page)}, {"decision", "approve"}});
  EXPECT_EQ(sent().at("mcp_client_id"), "stranger");
  EXPECT_EQ(finish(std::nullopt).count("code"), 1u);
}

TEST_F(ConsentOfBoth, RefusesTheReceiptOfAnotherRequest) {
  browser.post(asking, {{"request", sealed_in(begin())}, {"decision", "approve"}});
  EXPECT_EQ(finish(json::value("another"))["error"], "access_denied");
}

TEST_F(OAuthTest, TheHostsOwnConsentTellsTheIdentityProviderNothing) {
  approve(open(authorize_fields()));
  EXPECT_TRUE(idp.extras.back().empty());
}

}  // namespace
}  // namespace mcph::oauth
