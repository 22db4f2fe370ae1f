#include "oauth/consent/remembered.h"
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

constexpr char kApprovals[] = "__Host-mcph-approvals";

struct RememberedConsent : OAuthTest {
  static Settings remembering() {
    Settings settings = test_settings();
    settings.remember_consent = true;
    return settings;
  }

  // As a browser does whose user opened the address.
  Response visit(const FormFields& fields, const std::string& site = "none") {
    Request request;
    request.method = Method::kGet;
    request.target = "/authorize?" + to_form(fields);
    request.headers.add("Accept", "text/html");
    if (!site.empty()) request.headers.add("Sec-Fetch-Site", site);
    std::string line;
    for (const auto& [name, value] : browser.cookies)
      line += (line.empty() ? "" : "; ") + name + "=" + value;
    if (!line.empty()) request.headers.add("Cookie", line);
    return browser.keep(host.authorize(request));
  }
  std::map<std::string, std::string> come_back() {
    return answer_of(browser.get(host, "/callback?code=c&state=" + idp.states.back()));
  }
  std::map<std::string, std::string> approve_and_remember(
      const FormFields& fields = authorize_fields()) {
    const auto page = visit(fields);
    browser.post(host,
                 {{"request", sealed_in(page)}, {"decision", "approve"}, {"remember", "yes"}});
    return come_back();
  }

  Server host{remembering(), parts};
};

TEST_F(RememberedConsent, LeavesThePageOutTheNextTime) {
  EXPECT_EQ(approve_and_remember().count("code"), 1u);
  EXPECT_EQ(visit(authorize_fields()).status, 303);
  EXPECT_EQ(come_back().count("code"), 1u);
  EXPECT_EQ(audit.count("consent.approved"), 1u);
  EXPECT_EQ(audit.count("consent.remembered"), 1u);
}

TEST_F(RememberedConsent, IsOnlyForThoseWhoTickedIt) {
  const auto page = visit(authorize_fields());
  EXPECT_THAT(page.body, testing::HasSubstr("name=\"remember\""));
  browser.post(host, {{"request", sealed_in(page)}, {"decision", "approve"}});
  come_back();
  EXPECT_EQ(browser.cookies.count(kApprovals), 0u);
  EXPECT_EQ(visit(authorize_fields()).status, 200);
}

TEST_F(RememberedConsent, IsOffUnlessTheOperatorWantsIt) {
  const auto page = open(authorize_fields());
  EXPECT_THAT(page.body, testing::Not(testing::HasSubstr("name=\"remember\"")));
  browser.post(server,
               {{"request", sealed_in(page)}, {"decision", "approve"}, {"remember", "yes"}});
  come_back();
  EXPECT_EQ(browser.cookies.count(kApprovals), 0u);
}

// Threat 2: a page elsewhere sends the browser here, hoping for a silent approval.
TEST_F(RememberedConsent, IsNotRiddenOnByAnotherSite) {
  approve_and_remember();
  for (const char* site : {"cross-site", "same-site", ""}) {
    EXPECT_EQ(visit(authorize_fields(), site).status, 200) << site;
  }
}

TEST_F(RememberedConsent, IsAboutThatAddressResourceAndScopesAlone) {
  client.redirect_uris.push_back("https://app.example/other");
  ASSERT_TRUE(clients.update(client).ok());
  approve_and_remember(bend(authorize_fields(), "scope", "todo:read"));
  EXPECT_EQ(visit(bend(authorize_fields(), "scope", "todo:read")).status, 303);
  EXPECT_EQ(visit(authorize_fields()).status, 200);
  EXPECT_EQ(visit(bend(bend(authorize_fields(), "scope", "todo:read"), "redirect_uri",
                       "https://app.example/other"))
                .status,
            200);
}

TEST_F(RememberedConsent, IsOfTheClientThatWasApproved) {
  Client other = client;
  other.id = ClientId{"client-2"};
  add(other);
  approve_and_remember();
  EXPECT_EQ(visit(authorize_fields("client-2")).status, 200);
}

// Somebody else signs in with the browser of one who approved.
TEST_F(RememberedConsent, IsOfThePersonWhoApproved) {
  approve_and_remember();
  idp.user.subject = "user-2";
  EXPECT_EQ(visit(authorize_fields()).status, 303);
  EXPECT_EQ(come_back()["error"], "access_denied");
  EXPECT_EQ(grants.list({}).value().size(), 1u);
  EXPECT_EQ(visit(authorize_fields()).status, 200);  // and the browser forgot it
}

TEST_F(RememberedConsent, EndsWithItsGrant) {
  approve_and_remember();
  const auto first = grants.list({}).value().at(0).id;
  ASSERT_TRUE(grants.revoke(first, "administrator").ok());
  visit(authorize_fields());
  EXPECT_EQ(come_back()["error"], "access_denied");
}

TEST_F(RememberedConsent, EndsAfterThirtyDays) {
  approve_and_remember();
  clock.advance(Seconds{30 * 24 * 3600});
  EXPECT_EQ(visit(authorize_fields()).status, 200);
}

// Threats 2 and 12: anybody can be the one who listens on this device.
TEST_F(RememberedConsent, IsNeverThatOfADocumentsClientOnThisDevice) {
  Client document = client;
  document.kind = ClientKind::kDocument;
  AuthorizeRequest request;
  request.redirect_uri = "http://127.0.0.1:5000/cb";
  EXPECT_FALSE(may_be_remembered(remembering(), document, request));
  request.redirect_uri = "cursor://anysphere/cb";
  EXPECT_FALSE(may_be_remembered(remembering(), document, request));
  request.redirect_uri = kRedirect;
  EXPECT_TRUE(may_be_remembered(remembering(), document, request));
}

// Threats 3 and 33: the cookie is ours alone, and stays small.
TEST_F(RememberedConsent, CannotBeForged) {
  approve_and_remember();
  std::string& cookie = browser.cookies[kApprovals];
  cookie[cookie.size() / 2] = cookie[cookie.size() / 2] == 'A' ? 'B' : 'A';
  EXPECT_EQ(visit(authorize_fields()).status, 200);
  cookie = to_base64url(R"([{"c":"client-1","r":"x","t":9999999999}])");
  EXPECT_EQ(visit(authorize_fields()).status, 200);
}

TEST_F(RememberedConsent, KeepsTheLastTwentyInACookieThatBrowsersTake) {
  for (int i = 0; i < 25; ++i) {
    Client one = client;
    one.id = ClientId{"many-" + std::to_string(i)};
    add(one);
    approve_and_remember(authorize_fields(one.id.str()));
  }
  EXPECT_LT(browser.cookies.at(kApprovals).size(), 3800u);
  EXPECT_EQ(visit(authorize_fields("many-4")).status, 200);
  EXPECT_EQ(visit(authorize_fields("many-5")).status, 303);
  EXPECT_EQ(visit(authorize_fields("many-24")).status, 303);
}

TEST_F(RememberedConsent, IsAskedForAnewWhenTheStoreIsAway) {
  approve_and_remember();
  visit(authorize_fields());
  grants.broken = true;
  EXPECT_EQ(come_back().count("code"), 0u);
}

}  // namespace
}  // namespace mcph::oauth
