// OpenID Connect RP-Initiated Logout 1.0: who is signed in at the identity provider can be somebody
// else than the person at the consent page.
#include "observability/audit_types.h"
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class SignOut : public OAuthTest {
 protected:
  Response sign_out(const FormFields& fields) {
    return browser.keep(server.sign_out(browser.make_form(fields)));
  }
  std::string id_token_cookie() {
    const auto found = browser.cookies.find("__Host-mcph-id-token");
    return found == browser.cookies.end() ? "" : found->second;
  }
};

TEST_F(SignOut, IsOfferedOnTheConsentPage) {
  EXPECT_THAT(open(authorize_fields()).body,
              HasSubstr("formaction=\"/signout\">Use another account</button>"));
}

TEST_F(SignOut, LeadsFromTheConsentPageThroughTheProviderAndBackToIt) {
  const auto page = open(authorize_fields());
  const auto away = sign_out({{"request", sealed_in(page)}});
  EXPECT_EQ(away.status, 303);
  EXPECT_THAT(header(away, "location"), StartsWith("https://idp.example/signoff?"));
  EXPECT_EQ(audit.count(audit_types::kSignOut), 1u);
  const std::string state = answer_of(away)["state"];
  const auto again = browser.get(server, "/signout/done?" + to_form({{"state", state}}));
  EXPECT_EQ(again.status, 200);
  EXPECT_THAT(again.body, HasSubstr("Trip planner wants to use To-do tools for you"));
  EXPECT_NE(sealed_in(again), sealed_in(page));
  approve(again);
  EXPECT_NE(answer_of(come_back())["code"], "");
}

// The page that was left cannot be decided on any more.
TEST_F(SignOut, EndsThePageItCameFrom) {
  const auto page = open(authorize_fields());
  const auto away = sign_out({{"request", sealed_in(page)}});
  browser.get(server, "/signout/done?" + to_form({{"state", answer_of(away)["state"]}}));
  EXPECT_EQ(approve(page).status, 400);
}

TEST_F(SignOut, SaysWhoseSignInIsToEndIfThisBrowserSignedSomebodyIn) {
  idp.user.id_token = Secret(std::string("header.claims.signature"));
  EXPECT_EQ(answer_of(sign_out({}))["id_token_hint"], "");
  code_for();
  EXPECT_NE(id_token_cookie(), "");
  EXPECT_THAT(id_token_cookie(), Not(HasSubstr("claims")));
  EXPECT_EQ(answer_of(sign_out({}))["id_token_hint"], "header.claims.signature");
  EXPECT_EQ(id_token_cookie(), "") << "it is over";
}

TEST_F(SignOut, DoesWithoutATokenThatIsTooLongForACookie) {
  idp.user.id_token = Secret(std::string(4096, 'a'));
  code_for();
  EXPECT_EQ(id_token_cookie(), "");
}

TEST_F(SignOut, IgnoresATokenThatIsNotSealedByUs) {
  browser.cookies["__Host-mcph-id-token"] = "k2.forged";
  EXPECT_EQ(answer_of(sign_out({}))["id_token_hint"], "");
}

// Logout CSRF: another page cannot sign anybody out.
TEST_F(SignOut, IsRefusedFromAnotherPage) {
  Request request = form_request({});
  EXPECT_EQ(server.sign_out(request).status, 403);
  request.headers.add("Origin", "null");
  EXPECT_EQ(server.sign_out(request).status, 403) << "Origin: null alone proves nothing";
  request.headers.add("Sec-Fetch-Site", "cross-site");
  EXPECT_EQ(server.sign_out(request).status, 403);
}

TEST_F(SignOut, RefusesAPageOfAnotherBrowserOrOneThatWasOpenForTooLong) {
  const auto page = open(authorize_fields());
  const FormFields form{{"request", sealed_in(page)}};
  EXPECT_EQ(server.sign_out(Browser{}.make_form(form)).status, 400);
  EXPECT_EQ(sign_out({{"request", "k2.forged"}}).status, 400);
  clock.advance(Seconds{600});
  EXPECT_EQ(sign_out(form).status, 400);
}

TEST_F(SignOut, EndsOnAPageOfItsOwnWhenNothingWaits) {
  const auto page = open(authorize_fields());
  for (const std::string& query :
       {std::string{}, std::string{"state=k2.forged"}, std::string{"state=a&state=b"}}) {
    const auto end = browser.get(server, "/signout/done?" + query);
    EXPECT_EQ(end.status, 200);
    EXPECT_THAT(end.body, HasSubstr("You are signed out"));
    EXPECT_EQ(sealed_in(end), "");
  }
  // A link with somebody else's state shows nothing of theirs.
  Browser other;
  const auto stolen = other.get(server, "/signout/done?" + to_form({{"state", sealed_in(page)}}));
  EXPECT_THAT(stolen.body, HasSubstr("You are signed out"));
}

TEST_F(SignOut, HasAPageThatAsksAndSaysWhatStays) {
  const auto page = server.show_signout({});
  EXPECT_THAT(page.body, HasSubstr("action=\"/signout\""));
  EXPECT_THAT(page.body, HasSubstr("Applications that you allowed to act for you may go on"));
  EXPECT_EQ(header(page, "cache-control"), "no-store");
}

TEST_F(SignOut, SaysSoWhenTheProviderCannotBeAsked) {
  idp.signout_error = Error{Code::kNotFound, "no end_session_endpoint", {}};
  const auto answer = sign_out({});
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.body, HasSubstr("You are not signed out"));
}

}  // namespace
}  // namespace mcph::oauth
