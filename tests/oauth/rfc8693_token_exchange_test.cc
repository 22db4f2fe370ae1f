// RFC 8693: token exchange, here a narrower access token for one's own.
#include "oauth/grant_types.h"
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

constexpr char kAccessTokenType[] = "urn:ietf:params:oauth:token-type:access_token";

class TokenExchangeTest : public OAuthTest {
 protected:
  TokenExchangeTest() {
    client.grant_types.emplace_back(kTokenExchangeGrant);
    for (const char* id : {"exchanger", "thief"}) {
      client.id = ClientId{id};
      add(client);
    }
    const auto code = code_for(authorize_fields("exchanger"));
    const auto issued = body_of(token(bend(code_fields(code), "client_id", "exchanger")));
    access_ = text(issued, "access_token");
    refresh_ = text(issued, "refresh_token");
  }
  FormFields fields(const std::string& subject) const {
    return {{"grant_type", std::string(kTokenExchangeGrant)},
            {"client_id", "exchanger"},
            {"subject_token", subject},
            {"subject_token_type", kAccessTokenType}};
  }
  FormFields fields() const { return fields(access_); }
  std::vector<std::string> scopes_of(const std::string& access) {
    const auto caller = verifier.verify(access);
    return caller.ok() ? (*caller)->scopes : std::vector<std::string>{};
  }

  std::string access_, refresh_;
};

TEST_F(TokenExchangeTest, S2_2_1_YieldsANarrowerTokenOfTheSameGrant) {
  const auto response = token(bend(fields(), "scope", "todo:read"));
  ASSERT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(header(response, "cache-control"), "no-store");
  const auto body = body_of(response);
  EXPECT_EQ(text(body, "issued_token_type"), kAccessTokenType);
  EXPECT_EQ(text(body, "token_type"), "Bearer");
  EXPECT_EQ(text(body, "scope"), "todo:read");
  EXPECT_FALSE(body.contains("refresh_token"));
  EXPECT_EQ(scopes_of(text(body, "access_token")), std::vector<std::string>{"todo:read"});
  EXPECT_EQ(scopes_of(access_).size(), 2u) << "the subject token stays as it was";
}

TEST_F(TokenExchangeTest, S2_1_KeepsTheScopeWhenNoneIsAsked) {
  const auto body = body_of(token(fields()));
  EXPECT_EQ(text(body, "scope"), "todo:read todo:write");
}

// Threat 29: scope escalation, also in two steps.
TEST_F(TokenExchangeTest, S2_2_2_NeverWidens) {
  EXPECT_EQ(error_of(token(bend(fields(), "scope", "todo:read admin"))), "invalid_scope");
  const auto narrow = text(body_of(token(bend(fields(), "scope", "todo:read"))), "access_token");
  EXPECT_EQ(error_of(token(bend(fields(narrow), "scope", "todo:write"))), "invalid_scope");
  EXPECT_EQ(text(body_of(token(fields(narrow))), "scope"), "todo:read");
}

TEST_F(TokenExchangeTest, NeverOutlivesTheSubjectToken) {
  clock.advance(Seconds{590});
  const auto body = body_of(token(fields()));
  EXPECT_EQ(body.at("expires_in").as_int64(), 10);
  clock.advance(Seconds{10});
  EXPECT_FALSE(is_live(text(body, "access_token")));
}

TEST_F(TokenExchangeTest, EndsWithTheGrant) {
  const auto narrow = text(body_of(token(fields())), "access_token");
  ASSERT_TRUE(is_live(narrow));
  EXPECT_EQ(revoke(refresh_, "exchanger").status, 200);
  EXPECT_FALSE(is_live(narrow));
  EXPECT_EQ(error_of(token(fields())), "invalid_request");
}

// A token found in a log is of no use to another client.
TEST_F(TokenExchangeTest, S2_2_2_TakesOnlyTheClientsOwnLiveAccessTokens) {
  EXPECT_EQ(error_of(token(bend(fields(), "client_id", "thief"))), "invalid_request");
  for (const std::string& bad : {refresh_, access_ + "x", std::string("eyJhbGciOiJub25lIn0.e30."),
                                 std::string("mcp_at_garbage")}) {
    EXPECT_EQ(error_of(token(fields(bad))), "invalid_request");
  }
  clock.advance(Seconds{600});
  EXPECT_EQ(error_of(token(fields())), "invalid_request");
}

TEST_F(TokenExchangeTest, S2_1_AsksForTheTypesItHas) {
  EXPECT_EQ(error_of(token(bend(fields(), "subject_token", ""))), "invalid_request");
  EXPECT_EQ(error_of(token(bend(fields(), "subject_token_type", ""))), "invalid_request");
  for (const char* type : {"urn:ietf:params:oauth:token-type:refresh_token",
                           "urn:ietf:params:oauth:token-type:id_token"}) {
    EXPECT_EQ(error_of(token(bend(fields(), "subject_token_type", type))), "invalid_request");
    EXPECT_EQ(error_of(token(bend(fields(), "requested_token_type", type))), "invalid_request");
  }
  EXPECT_EQ(token(bend(fields(), "requested_token_type", kAccessTokenType)).status, 200);
}

TEST_F(TokenExchangeTest, S2_1_KnowsNoActor) {
  EXPECT_EQ(error_of(token(bend(fields(), "actor_token", access_))), "invalid_request");
  EXPECT_EQ(error_of(token(bend(fields(), "actor_token_type", kAccessTokenType))),
            "invalid_request");
}

TEST_F(TokenExchangeTest, S2_1_IsForTheSameResource) {
  EXPECT_EQ(token(bend(fields(), "resource", kResource)).status, 200);
  EXPECT_EQ(error_of(token(bend(fields(), "resource", "https://other.example/"))),
            "invalid_target");
  EXPECT_EQ(error_of(token(bend(fields(), "audience", "somebody"))), "invalid_target");
}

TEST_F(TokenExchangeTest, IsForClientsThatRegisteredForIt) {
  EXPECT_EQ(error_of(token(bend(fields(), "client_id", "client-1"))), "unauthorized_client");
}

TEST_F(TokenExchangeTest, AsksToTryAgainWhenTheStoreIsAway) {
  tokens.broken = true;
  EXPECT_EQ(token(fields()).status, 503);
}

}  // namespace
}  // namespace mcph::oauth
