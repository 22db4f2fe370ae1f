// What the authorization server leaves in the audit record, and that no secret is in it.
#include "observability/audit_types.h"
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

using testing::ElementsAre;

class OAuthAudit : public OAuthTest {
 protected:
  std::vector<std::string> types() const {
    std::vector<std::string> all;
    for (const AuditEvent& event : audit.events()) all.emplace_back(event.type);
    return all;
  }
  AuditEvent last() const { return audit.events().back(); }
  // Everything of every event.
  std::string all_texts() const {
    std::string texts;
    for (const AuditEvent& event : audit.events()) {
      texts += event.actor_name + ' ' + event.client.str() + ' ' + event.grant.str() + ' ';
      for (const auto& [name, value] : event.details) texts += name + '=' + value + ' ';
    }
    return texts;
  }
};

TEST_F(OAuthAudit, HasEveryStepOfASignInInOrder) {
  const auto issued = sign_in();
  token(refresh_fields(text(issued, "refresh_token")));
  EXPECT_THAT(types(), ElementsAre("consent.approved", "signin.finished", "code.redeemed",
                                   "token.refreshed"));
  const GrantId grant = grants.list({}).value().at(0).id;
  for (const AuditEvent& event : audit.events()) {
    EXPECT_EQ(event.client.str(), "client-1");
    EXPECT_EQ(event.outcome, AuditOutcome::kDone);
    if (event.type != audit_types::kConsentApproved) {
      EXPECT_EQ(event.grant, grant);
    }
  }
}

TEST_F(OAuthAudit, HasNoTokenCodeOrSecret) {
  const std::string code = code_for();
  const auto issued = body_of(token(code_fields(code)));
  token(
      bend(code_fields(code), "code_verifier", "wrong-verifier-0123456789-0123456789-0123456789"));
  token(code_fields(code));
  token(bend(refresh_fields("x"), "client_id", text(issued, "access_token")));
  for (const std::string& secret :
       {code, text(issued, "access_token"), text(issued, "refresh_token"), std::string(kVerifier),
        std::string("upstream-code"), std::string("wrong-verifier")}) {
    EXPECT_EQ(all_texts().find(secret), std::string::npos) << secret;
  }
}

TEST_F(OAuthAudit, HasWhatWasDeclinedAndWhatFailed) {
  const auto page = open(authorize_fields());
  browser.post(server, {{"request", sealed_in(page)}, {"decision", "cancel"}});
  EXPECT_EQ(last().type, audit_types::kConsentDenied);
  approve(open(authorize_fields()));
  come_back("&error=access_denied");
  EXPECT_EQ(last().type, audit_types::kSignIn);
  EXPECT_EQ(last().outcome, AuditOutcome::kFailed);
}

TEST_F(OAuthAudit, HasACodeUsedTwiceWithWhatCameOfIt) {
  const std::string code = code_for();
  token(code_fields(code));
  token(code_fields(code));
  EXPECT_EQ(audit.count(audit_types::kCodeReplayed), 1u);
  EXPECT_EQ(audit.count(audit_types::kGrantRevoked), 1u);
}

TEST_F(OAuthAudit, HasARefreshTokenUsedAgain) {
  const std::string first = text(sign_in(), "refresh_token");
  token(refresh_fields(first));
  clock.advance(Seconds{60});
  token(refresh_fields(first));
  EXPECT_EQ(audit.count(audit_types::kTokenReused), 1u);
  EXPECT_EQ(audit.count(audit_types::kGrantRevoked), 1u);
}

TEST_F(OAuthAudit, HasWhatAClientRevokes) {
  const auto issued = sign_in();
  revoke(text(issued, "access_token"));
  EXPECT_EQ(last().type, audit_types::kTokenRevoked);
  revoke(text(issued, "refresh_token"));
  EXPECT_EQ(last().type, audit_types::kGrantRevoked);
  EXPECT_EQ(last().client.str(), "client-1");
}

TEST_F(OAuthAudit, HasFailedClientAuthenticationWithoutNamingStrangers) {
  token(bend(refresh_fields("x"), "client_id", "nobody"));
  const auto events = audit.events();
  ASSERT_FALSE(events.empty());
  EXPECT_EQ(events[0].type, audit_types::kClientAuthentication);
  EXPECT_EQ(events[0].outcome, AuditOutcome::kRefused);
  EXPECT_TRUE(events[0].client.empty());
}

}  // namespace
}  // namespace mcph::oauth
