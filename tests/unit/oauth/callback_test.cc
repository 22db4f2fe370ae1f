// The way back from the identity provider: RFC 6749 §10.12, RFC 9700 §4.4, §4.7, RFC 9207.
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

using testing::HasSubstr;

class Callback : public OAuthTest {
 protected:
  void expect_unknown(const Response& response) {
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(header(response, "location"), "");
    EXPECT_THAT(response.body, HasSubstr("unknown_signin"));
    EXPECT_TRUE(idp.finished.empty());
  }
};

TEST_F(Callback, GivesTheClientACodeItsStateAndOurName) {
  approve(open(authorize_fields()));
  const auto response = come_back();
  EXPECT_EQ(response.status, 303);
  EXPECT_TRUE(header(response, "location").starts_with(std::string(kRedirect) + "?code=mcp_ac_"));
  auto answer = answer_of(response);
  EXPECT_EQ(answer["state"], "the state & more");
  EXPECT_EQ(answer["iss"], "https://mcp.example");
  EXPECT_EQ(header(response, "referrer-policy"), "no-referrer");
  EXPECT_TRUE(browser.cookies.empty());
}

TEST_F(Callback, HandsTheUpstreamAnswerToTheIdentityProvider) {
  approve(open(authorize_fields()));
  come_back("&code=c%2B1&iss=https%3A%2F%2Fidp.example");
  ASSERT_EQ(idp.finished.size(), 1u);
  EXPECT_EQ(idp.finished[0].callback.code, "c+1");
  EXPECT_EQ(idp.finished[0].callback.issuer, "https://idp.example");
  EXPECT_EQ(idp.finished[0].nonce, "nonce-1");
  EXPECT_EQ(idp.finished[0].code_verifier, "verifier-1");
  EXPECT_EQ(idp.finished[0].grant, grants.list({}).value().at(0).id);
}

TEST_F(Callback, BindsTheGrantToAllThatWasApproved) {
  code_for(bend(authorize_fields(), "scope", "todo:read"));
  const auto grant = grants.list({}).value().at(0);
  EXPECT_EQ(grant.client, client.id);
  EXPECT_EQ(grant.redirect_uri, kRedirect);
  EXPECT_EQ(grant.scopes, std::vector<std::string>{"todo:read"});
  EXPECT_EQ(grant.resource, kResource);
  EXPECT_EQ(grant.subject, "user-1");
  EXPECT_EQ(grant.expires_at, clock.now() + Seconds{30 * 24 * 3600});
}

// Threat: login CSRF, a callback in another browser.
TEST_F(Callback, IsRefusedInAnotherBrowserAndStaysGoodForItsOwn) {
  approve(open(authorize_fields()));
  Browser victim;
  const std::string target = "/callback?code=x&state=" + idp.states.back();
  expect_unknown(victim.get(server, target));
  const std::string name = browser.cookies.rbegin()->first;
  ASSERT_THAT(name, testing::StartsWith("__Host-mcph-signin-"));
  victim.cookies[name] = "guess";
  expect_unknown(victim.get(server, target));
  EXPECT_EQ(answer_of(come_back()).count("code"), 1u);
}

TEST_F(Callback, WorksOnce) {
  approve(open(authorize_fields()));
  const auto cookies = browser.cookies;
  come_back();
  idp.finished.clear();
  browser.cookies = cookies;
  expect_unknown(come_back());
}

TEST_F(Callback, IsRefusedWithoutAKnownState) {
  expect_unknown(browser.get(server, "/callback?code=x"));
  expect_unknown(browser.get(server, "/callback?code=x&state=guess"));
  EXPECT_EQ(browser.get(server, "/callback?code=x&state=a&state=b").status, 400);
  EXPECT_EQ(browser.get(server, "/callback?state=%zz").status, 400);
}

TEST_F(Callback, IsRefusedWhenSigningInTookTooLong) {
  approve(open(authorize_fields()));
  clock.advance(Seconds{600});
  expect_unknown(come_back());
}

TEST_F(Callback, MapsWhatTheIdentityProviderRefuses) {
  const std::pair<const char*, const char*> cases[] = {
      {"access_denied", "access_denied"},
      {"login_required", "access_denied"},
      {"consent_required", "access_denied"},
      {"interaction_required", "access_denied"},
      {"invalid_scope", "server_error"},
      {"invalid_request", "server_error"},
      {"temporarily_unavailable", "temporarily_unavailable"},
      {"<script>", "server_error"}};
  for (const auto& [upstream, ours] : cases) {
    approve(open(authorize_fields()));
    const auto response =
        come_back("&error=" + to_percent(upstream) + "&error_description=secret+words");
    auto answer = answer_of(response);
    EXPECT_EQ(answer["error"], ours) << upstream;
    EXPECT_EQ(answer["state"], "the state & more");
    EXPECT_EQ(answer["iss"], "https://mcp.example");
    EXPECT_EQ(header(response, "location").find("secret"), std::string::npos);
  }
  EXPECT_TRUE(idp.finished.empty());
  EXPECT_TRUE(grants.list({}).value().empty());
}

TEST_F(Callback, MapsWhatGoesWrongWhenFinishing) {
  const std::pair<Code, const char*> cases[] = {{Code::kUnavailable, "temporarily_unavailable"},
                                                {Code::kTimeout, "temporarily_unavailable"},
                                                {Code::kUnauthorized, "server_error"},
                                                {Code::kInvalid, "server_error"},
                                                {Code::kForbidden, "access_denied"}};
  for (const auto& [code, ours] : cases) {
    idp.finish_error = Error{code, "the signature is wrong", "kid 7"};
    approve(open(authorize_fields()));
    const auto response = come_back();
    EXPECT_EQ(answer_of(response)["error"], ours);
    EXPECT_EQ(header(response, "location").find("signature"), std::string::npos);
  }
  EXPECT_TRUE(grants.list({}).value().empty());
}

TEST_F(Callback, IsAServerErrorWhenThereIsNeitherCodeNorError) {
  approve(open(authorize_fields()));
  EXPECT_EQ(answer_of(come_back(""))["error"], "server_error");
}

TEST_F(Callback, DoesNotAnswerAClientThatIsGone) {
  approve(open(authorize_fields()));
  ASSERT_TRUE(clients.remove(client.id).ok());
  const auto response = come_back();
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(header(response, "location"), "");
  EXPECT_TRUE(idp.finished.empty());
}

TEST_F(Callback, ShowsAPageWhenTheStoreIsAway) {
  approve(open(authorize_fields()));
  signins.broken = true;
  EXPECT_EQ(come_back().status, 503);
  signins.broken = false;
  grants.broken = true;
  EXPECT_EQ(answer_of(come_back())["error"], "temporarily_unavailable");
}

TEST_F(Callback, KeepsNoSecretInTheClearWhileSigningIn) {
  approve(open(authorize_fields()));
  const auto stored = signins.dump();
  for (const std::string& secret : {idp.states.back(), std::string("nonce-1"),
                                    std::string("verifier-1"), browser.cookies.rbegin()->second}) {
    EXPECT_EQ(stored.find(secret), std::string::npos);
  }
}

// Without an upstream refresh token the grant ends before the user's token does.
TEST_F(Callback, EndsTheGrantWithAnUpstreamTokenThatCannotBeRefreshed) {
  idp.user.credential.has_refresh_token = false;
  code_for();
  EXPECT_EQ(grants.list({}).value().at(0).expires_at, clock.now() + Seconds{3600 - 30});
  idp.user.credential.access_expires_at = clock.now() + Seconds{20};
  approve(open(authorize_fields()));
  EXPECT_EQ(answer_of(come_back())["error"], "server_error");
}

}  // namespace
}  // namespace mcph::oauth
