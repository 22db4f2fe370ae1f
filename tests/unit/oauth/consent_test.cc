// The consent page and its form: threats of a confused deputy, tampering, CSRF, clickjacking, XSS.
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

using testing::HasSubstr;
using testing::Not;

class ConsentPage : public OAuthTest {
 protected:
  Response page_of(const std::string& name, const std::string& redirect = kRedirect) {
    Client named = client;
    named.id = ClientId{"named"};
    named.kind = ClientKind::kDynamic;
    named.name = name;
    named.client_uri = "https://planner.example/about";
    named.redirect_uris = {redirect};
    add(named);
    return ask(authorize_fields("named", redirect));
  }
};

TEST_F(ConsentPage, SaysWhoAsksForWhatAndWhereTheAnswerGoes) {
  const auto page = page_of("Trip planner");
  EXPECT_THAT(page.body, HasSubstr("Trip planner wants to use To-do tools for you"));
  EXPECT_THAT(page.body, HasSubstr("See your to-do list"));
  EXPECT_THAT(page.body, HasSubstr("Change your to-do list"));
  EXPECT_THAT(page.body, HasSubstr("app.example"));
  EXPECT_THAT(page.body, HasSubstr("planner.example"));
  EXPECT_THAT(page.body, HasSubstr("nobody has checked it"));
}

TEST_F(ConsentPage, ListsOnlyTheScopesThatWereAsked) {
  const auto page = ask(bend(authorize_fields(), "scope", "todo:read openid"));
  EXPECT_THAT(page.body, HasSubstr("See your to-do list"));
  EXPECT_THAT(page.body, Not(HasSubstr("Change your to-do list")));
}

// Threat: loopback impersonation. RFC 8252 §8.6
TEST_F(ConsentPage, WarnsWhenAnyProgramCouldBeAsking) {
  const auto page = page_of("Local", "http://127.0.0.1:33418/cb");
  EXPECT_THAT(page.body, HasSubstr("127.0.0.1"));
  EXPECT_THAT(page.body, HasSubstr("A program on this computer."));
  EXPECT_THAT(page.body, HasSubstr("Approve only if you have just started this yourself."));
  EXPECT_THAT(ask(authorize_fields()).body, Not(HasSubstr("Any program on this device")));
}

TEST_F(ConsentPage, NamesTheSchemeOfAnApplication) {
  const auto page = page_of("Editor", "cursor://anysphere.cursor-mcp/oauth/callback");
  EXPECT_THAT(page.body, HasSubstr("<dd>cursor: <small>An application on this device.</small>"));
  EXPECT_THAT(header(page, "content-security-policy"),
              HasSubstr("form-action 'self' https: cursor:;"));
}

// Threat: XSS by client metadata.
TEST_F(ConsentPage, ShowsMarkupInANameAsText) {
  const auto page = page_of("<img src=x onerror=alert(1)> \"'&");
  EXPECT_THAT(page.body, Not(HasSubstr("<img")));
  EXPECT_THAT(page.body, HasSubstr("&lt;img src=x onerror=alert(1)&gt; &quot;&#39;&amp;"));
}

TEST_F(ConsentPage, ShowsNoInvisibleOrReversingCharacters) {
  const auto page = page_of("Good\u202egnitset\u202c \u200bApp\u2066\u00ad");
  EXPECT_THAT(page.body, HasSubstr("Goodgnitset App wants"));
}

// Threat: a name or a host that looks like another.
TEST_F(ConsentPage, SaysWhenANameMixesAlphabets) {
  EXPECT_THAT(page_of("\u0421laude").body, HasSubstr("it may imitate another one"));
  client.id = ClientId{"cyrillic"};
  client.name = "\u041f\u043b\u0430\u043d \u2014 \u0434\u0435\u043b\u0430";
  add(client);
  EXPECT_THAT(ask(authorize_fields("cyrillic")).body, Not(HasSubstr("imitate")));
}

TEST_F(ConsentPage, ShowsHostsOfOtherAlphabetsWrittenOut) {
  const auto page = page_of("Shop", "https://xn--pple-43d.com/cb");
  EXPECT_THAT(page.body, HasSubstr("<dd>xn--pple-43d.com <small>A name in another alphabet"));
}

TEST_F(ConsentPage, ShowsNoWebsiteThatHidesBehindPercentEncoding) {
  client.id = ClientId{"encoded"};
  client.kind = ClientKind::kDynamic;
  client.client_uri = "https://%D0%B0pple.com/";
  add(client);
  EXPECT_THAT(ask(authorize_fields("encoded")).body, Not(HasSubstr("pple.com")));
}

TEST_F(ConsentPage, SaysSinceWhenAStrangerIsKnown) {
  client.created_at = from_unix(1'764'000'000);
  client.id = ClientId{"stranger"};
  client.kind = ClientKind::kDynamic;
  add(client);
  EXPECT_THAT(ask(authorize_fields("stranger")).body,
              HasSubstr("<dt>Known since</dt><dd>24 November 2025</dd>"));
}

TEST_F(ConsentPage, ShowsWhatTheSignInAsksTheIdentityProviderFor) {
  Settings settings = test_settings();
  settings.upstream_scopes = {"openid", "profile", "todo_api:read", "<b>"};
  const Server asking(settings, parts);
  const auto page = browser.get(asking, "/authorize?" + to_form(authorize_fields()));
  EXPECT_THAT(page.body, HasSubstr("<code>profile</code> <code>todo_api:read</code>"));
  EXPECT_THAT(page.body, HasSubstr("<code>&lt;b&gt;</code>"));
  EXPECT_THAT(page.body, Not(HasSubstr("<code>openid</code>")));
}

TEST_F(ConsentPage, CutsALongNameAndNamesTheNameless) {
  EXPECT_THAT(page_of(std::string(200, 'n')).body, HasSubstr(std::string(64, 'n') + "… wants"));
  client.id = ClientId{"nameless"};
  client.name = "\u200b \u202e";
  add(client);
  EXPECT_THAT(ask(authorize_fields("nameless")).body,
              HasSubstr("An application without a name wants"));
}

// Threats: clickjacking, referrer leak.
TEST_F(ConsentPage, CannotBeFramedScriptedOrLeaked) {
  const auto page = ask(authorize_fields());
  const auto policy = header(page, "content-security-policy");
  for (const char* rule : {"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'",
                           "form-action 'self' https:", "style-src 'sha256-"}) {
    EXPECT_THAT(policy, HasSubstr(rule));
  }
  EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
  EXPECT_EQ(header(page, "x-frame-options"), "DENY");
  EXPECT_EQ(header(page, "referrer-policy"), "no-referrer");
  EXPECT_EQ(header(page, "cross-origin-opener-policy"), "same-origin");
  EXPECT_EQ(header(page, "x-content-type-options"), "nosniff");
  EXPECT_EQ(header(page, "cache-control"), "no-store");
  EXPECT_THAT(header(page, "permissions-policy"), HasSubstr("camera=()"));
  for (const char* word :
       {"<script", "javascript:", " onclick", " style=\"", "<img", "<link", "url("}) {
    EXPECT_THAT(page.body, Not(HasSubstr(word))) << word;
  }
}

TEST_F(ConsentPage, AllowsExactlyTheStyleItCarries) {
  const auto page = ask(authorize_fields());
  const auto begin = page.body.find("<style>") + 7;
  const auto style = page.body.substr(begin, page.body.find("</style>") - begin);
  EXPECT_THAT(header(page, "content-security-policy"),
              HasSubstr("'sha256-" + to_base64(crypto::sha256(style)) + "'"));
}

TEST_F(ConsentPage, LetsTheFormLeadToALoopbackClientAndStandIn) {
  Settings settings = test_settings();
  settings.signin_origins = {"http://127.0.0.1:9400"};
  const Server other(settings, parts);
  client.id = ClientId{"loopback"};
  client.redirect_uris = {"http://127.0.0.1:33418/cb", "http://[::1]:1/cb"};
  add(client);
  Request request;
  request.target =
      "/authorize?" + to_form(authorize_fields("loopback", "http://127.0.0.1:33418/cb"));
  EXPECT_THAT(header(other.authorize(request), "content-security-policy"),
              HasSubstr("form-action 'self' https: http://127.0.0.1:9400 http://127.0.0.1:33418;"));
  request.target = "/authorize?" + to_form(authorize_fields("loopback", "http://[::1]:1/cb"));
  EXPECT_THAT(header(other.authorize(request), "content-security-policy"), HasSubstr(" http:;"));
}

TEST_F(ConsentPage, SetsACookieThatOnlyThisHostCanSet) {
  const auto page = ask(authorize_fields());
  const auto cookie = header(page, "set-cookie");
  EXPECT_THAT(cookie, testing::StartsWith("__Host-mcph-consent-"));
  EXPECT_THAT(cookie, HasSubstr("; Path=/; HttpOnly; SameSite=Lax; Max-Age=600; Secure"));
}

TEST_F(ConsentPage, SetsAPlainCookieOnALoopbackServer) {
  Settings settings = test_settings();
  settings.issuer = "http://127.0.0.1:8080";
  const Server local(settings, parts);
  Request request;
  request.target = "/authorize?" + to_form(authorize_fields());
  const auto cookie = header(local.authorize(request), "set-cookie");
  EXPECT_THAT(cookie, testing::StartsWith("mcph-consent-"));
  EXPECT_THAT(cookie, Not(HasSubstr("Secure")));
}

TEST_F(ConsentPage, ForgetsTheOldestOfManyOpenPages) {
  for (int i = 0; i < 12; ++i) open(authorize_fields());
  EXPECT_LE(browser.cookies.size(), 6u);
}

TEST_F(ConsentPage, KeepsTheRequestSealed) {
  const auto sealed = sealed_in(ask(authorize_fields()));
  const auto bytes = *from_base64url(sealed.substr(sealed.find('.') + 1));
  for (const char* secret : {kChallenge, kRedirect, "client-1", "todo:read"}) {
    EXPECT_EQ(bytes.find(secret), std::string::npos) << secret;
  }
}

class ConsentForms : public OAuthTest {
 protected:
  Response send(const Request& request) { return server.decide_consent(request); }
  void expect_page(const Response& response, int status, const std::string& code) {
    EXPECT_EQ(response.status, status) << code;
    EXPECT_EQ(header(response, "location"), "");
    EXPECT_THAT(response.body, HasSubstr(code));
    EXPECT_TRUE(idp.states.empty());
    EXPECT_EQ(signins.size(), 0u);
  }
};

TEST_F(ConsentForms, ApprovedLeadsToTheIdentityProvider) {
  const auto response = approve(open(authorize_fields()));
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(header(response, "location"),
            "https://idp.example/authorize?state=" + idp.states.at(0));
  EXPECT_THAT(header(response, "set-cookie"), testing::StartsWith("__Host-mcph-signin-"));
  EXPECT_EQ(signins.size(), 1u);
}

TEST_F(ConsentForms, CancelledTellsTheClient) {
  const auto page = open(authorize_fields());
  const auto response =
      browser.post(server, {{"request", sealed_in(page)}, {"decision", "cancel"}});
  EXPECT_EQ(response.status, 303);
  auto answer = answer_of(response);
  EXPECT_EQ(answer["error"], "access_denied");
  EXPECT_EQ(answer["state"], "the state & more");
  EXPECT_EQ(answer["iss"], "https://mcp.example");
  EXPECT_TRUE(idp.states.empty());
  EXPECT_TRUE(browser.cookies.empty());
  EXPECT_EQ(signins.size(), 0u);
}

// Threat: consent tampering.
TEST_F(ConsentForms, IsRefusedWhenTamperedWith) {
  const auto sealed = sealed_in(open(authorize_fields()));
  for (std::size_t i = 0; i < sealed.size(); i += 7) {
    std::string bent = sealed;
    bent[i] = bent[i] == 'A' ? 'B' : 'A';
    expect_page(browser.post(server, {{"request", bent}, {"decision", "approve"}}), 400,
                "forged_form");
  }
  for (const std::string& text :
       {std::string{}, std::string("."), std::string("k2."), std::string(5000, 'x')}) {
    expect_page(browser.post(server, {{"request", text}, {"decision", "approve"}}), 400,
                "forged_form");
  }
}

TEST_F(ConsentForms, CannotBeMadeFromAnotherSealedValue) {
  const crypto::Sealer other(keys, "oauth.signin", random);
  expect_page(browser.post(server, {{"request", other.seal("{}", "consent-form/1")},
                                    {"decision", "approve"}}),
              400, "forged_form");
}

TEST_F(ConsentForms, TakesNothingElseFromTheBrowser) {
  const auto page = open(authorize_fields());
  browser.post(server, {{"request", sealed_in(page)},
                        {"decision", "approve"},
                        {"scope", "admin"},
                        {"redirect_uri", "https://evil.example/"},
                        {"code_challenge", "x"}});
  const auto back = come_back();
  EXPECT_TRUE(header(back, "location").starts_with(kRedirect));
  const auto grant = grants.list({}).value().at(0);
  EXPECT_EQ(grant.scopes, (std::vector<std::string>{"todo:read", "todo:write"}));
}

// Threat: CSRF. The attacker's own form in the victim's browser.
TEST_F(ConsentForms, IsRefusedInAnotherBrowser) {
  const auto sealed = sealed_in(open(authorize_fields()));
  Browser victim;
  expect_page(victim.post(server, {{"request", sealed}, {"decision", "approve"}}), 400,
              "wrong_browser");
  victim.get(server, "/authorize?" + to_form(authorize_fields()));
  expect_page(victim.post(server, {{"request", sealed}, {"decision", "approve"}}), 400,
              "wrong_browser");
}

TEST_F(ConsentForms, IsRefusedWhenTheCookieWasPlanted) {
  const auto sealed = sealed_in(open(authorize_fields()));
  Request request = browser.make_form({{"request", sealed}, {"decision", "approve"}});
  const std::string line(*request.headers.find("cookie"));
  request.headers.set("Cookie", line + "; " + line.substr(0, line.find('=')) + "=planted");
  expect_page(send(request), 400, "wrong_browser");
}

TEST_F(ConsentForms, IsRefusedFromAnotherSite) {
  const FormFields fields{{"request", sealed_in(open(authorize_fields()))},
                          {"decision", "approve"}};
  struct Case {
    const char *site, *origin;
    bool allowed;
  };
  const Case cases[] = {{"cross-site", "https://evil.example", false},
                        {"same-site", "https://sub.mcp.example", false},
                        {"none", "null", false},
                        {"same-origin", "https://evil.example", false},
                        {"", "https://evil.example", false},
                        {"", "null", false},
                        {"", "", false},
                        {"same-origin", "null", true},
                        {"same-origin", "", true},
                        {"same-origin", "https://mcp.example", true},
                        {"", "https://mcp.example", true}};
  for (const Case& c : cases) {
    Request request = browser.make_form(fields);
    Headers kept;
    kept.add("Content-Type", "application/x-www-form-urlencoded");
    kept.add("Cookie", *request.headers.find("cookie"));
    if (*c.site != '\0') kept.add("Sec-Fetch-Site", c.site);
    if (*c.origin != '\0') kept.add("Origin", c.origin);
    request.headers = kept;
    EXPECT_EQ(send(request).status, c.allowed ? 303 : 403) << c.site << ' ' << c.origin;
  }
}

TEST_F(ConsentForms, ExpiresWithThePage) {
  const auto page = open(authorize_fields());
  clock.advance(Seconds{600});
  expect_page(approve(page), 400, "expired_form");
}

TEST_F(ConsentForms, IsRefusedWhenTheClientIsGoneOrChanged) {
  const auto page = open(authorize_fields());
  Client changed = client;
  changed.redirect_uris = {"https://app.example/new"};
  ASSERT_TRUE(clients.update(changed).ok());
  expect_page(approve(page), 400, "invalid_client");
  ASSERT_TRUE(clients.remove(client.id).ok());
  expect_page(approve(page), 400, "invalid_client");
}

TEST_F(ConsentForms, IsRefusedWhenItCannotBeRead) {
  const auto sealed = sealed_in(open(authorize_fields()));
  expect_page(browser.post(server, {{"request", sealed}, {"decision", "maybe"}}), 400,
              "malformed_form");
  expect_page(browser.post(server, {{"request", sealed}}), 400, "malformed_form");
  expect_page(
      browser.post(server, {{"request", sealed}, {"decision", "approve"}, {"decision", "cancel"}}),
      400, "malformed_form");
  Request request = browser.make_form({{"request", sealed}, {"decision", "approve"}});
  request.headers.set("Content-Type", "text/plain");
  expect_page(send(request), 415, "unsupported_media_type");
}

// A double click: the browser follows the later answer.
TEST_F(ConsentForms, ApprovedTwiceIsOneSignIn) {
  const auto page = open(authorize_fields());
  approve(page);
  EXPECT_EQ(approve(page).status, 303);
  EXPECT_EQ(signins.size(), 1u);
  EXPECT_EQ(idp.states.at(0), idp.states.at(1));
  EXPECT_EQ(answer_of(come_back()).count("code"), 1u);
  EXPECT_EQ(idp.finished.at(0).nonce, "nonce-2");
}

TEST_F(ConsentForms, LeadsToOneGrantHoweverOftenItIsReplayed) {
  const auto page = open(authorize_fields());
  const Request replay = browser.make_form({{"request", sealed_in(page)}, {"decision", "approve"}});
  approve(page);
  come_back();
  EXPECT_TRUE(browser.cookies.empty());
  EXPECT_EQ(approve(page).status, 400);  // the browser forgot the cookie
  const auto response = send(replay);    // and who kept it gets no further
  EXPECT_EQ(response.status, 400);
  EXPECT_THAT(response.body, HasSubstr("used_form"));
  EXPECT_EQ(grants.list({}).value().size(), 1u);
}

// Threat: remembered consent.
TEST_F(ConsentForms, IsAskedForEveryTime) {
  code_for();
  EXPECT_EQ(open(authorize_fields()).status, 200);
}

TEST_F(ConsentForms, WorksInParallelTabs) {
  const auto one = open(bend(authorize_fields(), "state", "one"));
  const auto two = open(bend(authorize_fields(), "state", "two"));
  approve(one);
  const auto state = idp.states.back();
  approve(two);
  EXPECT_EQ(answer_of(browser.get(server, "/callback?code=x&state=" + state))["state"], "one");
  EXPECT_EQ(answer_of(come_back())["state"], "two");
}

TEST_F(ConsentForms, TellsTheClientWhenTheIdentityProviderIsAway) {
  idp.begin_error = Error{Code::kUnavailable, "connect refused", {}};
  auto answer = answer_of(approve(open(authorize_fields())));
  EXPECT_EQ(answer["error"], "temporarily_unavailable");
  EXPECT_EQ(answer["error_description"].find("refused"), std::string::npos);
  EXPECT_EQ(signins.size(), 0u);
}

TEST_F(ConsentForms, TellsTheClientWhenTheStoreIsAway) {
  const auto page = open(authorize_fields());
  signins.broken = true;
  EXPECT_EQ(answer_of(approve(page))["error"], "temporarily_unavailable");
}

}  // namespace
}  // namespace mcph::oauth
