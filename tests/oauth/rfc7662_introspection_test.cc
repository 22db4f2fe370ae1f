// RFC 7662: token introspection.
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

class Introspect : public OAuthTest {
 protected:
  Introspect() {
    client.auth_method = AuthMethod::kPost;
    client.secret_hashes = {crypto::sha256("s3cret")};
    for (const char* id : {"owner", "stranger"}) {
      client.id = ClientId{id};
      add(client);
    }
    Client api;
    api.id = ClientId{"api"};
    api.kind = ClientKind::kResourceServer;
    api.auth_method = AuthMethod::kBasic;
    api.secret_hashes = client.secret_hashes;
    add(api);
    const auto code = code_for(authorize_fields("owner"));
    auto fields = bend(code_fields(code), "client_id", "owner");
    tokens_ = body_of(token(bend(fields, "client_secret", "s3cret")));
    access_ = text(tokens_, "access_token");
    refresh_ = text(tokens_, "refresh_token");
  }
  Response ask_as(const std::string& id, const std::string& value) {
    return server.introspect_token(
        form_request({{"token", value}, {"client_id", id}, {"client_secret", "s3cret"}}));
  }
  Response ask_as_api(const std::string& value) {
    Request request = form_request({{"token", value}});
    request.headers.add("Authorization", "Basic " + to_base64("api:s3cret"));
    return server.introspect_token(request);
  }
  void expect_inactive(const Response& response) {
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, R"({"active":false})");
  }
  Response refresh() {
    return token(
        bend(bend(refresh_fields(refresh_), "client_id", "owner"), "client_secret", "s3cret"));
  }

  json::object tokens_;
  std::string access_, refresh_;
};

TEST_F(Introspect, S2_2_TellsTheClientAboutItsAccessToken) {
  const auto response = ask_as("owner", access_);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header(response, "content-type"), "application/json");
  EXPECT_EQ(header(response, "cache-control"), "no-store");
  const auto body = body_of(response);
  EXPECT_TRUE(body.at("active").as_bool());
  EXPECT_EQ(text(body, "scope"), "todo:read todo:write");
  EXPECT_EQ(text(body, "client_id"), "owner");
  EXPECT_EQ(text(body, "token_type"), "Bearer");
  EXPECT_EQ(text(body, "aud"), kResource);
  EXPECT_EQ(text(body, "iss"), "https://mcp.example");
  EXPECT_EQ(body.at("exp").as_int64(), to_unix(clock.now()) + 600);
  EXPECT_NE(text(body, "sub"), "");
}

// §5: what an API must not learn, it is not told.
TEST_F(Introspect, S5_KeepsTheIdentityProvidersSubjectToItself) {
  const auto response = ask_as_api(access_);
  EXPECT_NE(text(body_of(response), "sub"), idp.user.subject);
  EXPECT_EQ(response.body.find(idp.user.issuer), std::string::npos);
}

TEST_F(Introspect, S2_2_TellsTheClientAboutItsRefreshToken) {
  const auto body = body_of(ask_as("owner", refresh_));
  EXPECT_TRUE(body.at("active").as_bool());
  EXPECT_EQ(text(body, "client_id"), "owner");
  EXPECT_FALSE(body.contains("token_type")) << "it is no access token";
}

TEST_F(Introspect, S2_1_LetsAResourceServerAskAboutEveryAccessToken) {
  EXPECT_TRUE(body_of(ask_as_api(access_)).at("active").as_bool());
}

TEST_F(Introspect, S4_TellsAResourceServerNothingAboutRefreshTokens) {
  expect_inactive(ask_as_api(refresh_));
}

// Threat: token scanning by another client.
TEST_F(Introspect, S4_TellsAnotherClientNothing) {
  expect_inactive(ask_as("stranger", access_));
  expect_inactive(ask_as("stranger", refresh_));
}

TEST_F(Introspect, S2_1_RefusesAPublicClientEvenForItsOwnToken) {
  const std::string own = text(sign_in(), "access_token");
  const auto response =
      server.introspect_token(form_request({{"token", own}, {"client_id", "client-1"}}));
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(error_of(response), "invalid_client");
}

TEST_F(Introspect, S2_3_RefusesWhoCannotProveWhoTheyAre) {
  for (const FormFields& fields :
       {FormFields{{"token", access_}}, FormFields{{"token", access_}, {"client_id", "owner"}},
        FormFields{{"token", access_}, {"client_id", "owner"}, {"client_secret", "wrong"}},
        FormFields{{"token", access_}, {"client_id", "api"}, {"client_secret", "s3cret"}}}) {
    const auto response = server.introspect_token(form_request(fields));
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(error_of(response), "invalid_client");
  }
}

TEST_F(Introspect, S2_1_AsksForAFormWithOneToken) {
  EXPECT_EQ(error_of(ask_as("owner", "")), "invalid_request");
  Request twice = form_request({{"token", access_}, {"token", refresh_}, {"client_id", "owner"}});
  EXPECT_EQ(error_of(server.introspect_token(twice)), "invalid_request");
  Request as_json = form_request({});
  as_json.headers.set("Content-Type", "application/json");
  EXPECT_EQ(server.introspect_token(as_json).status, 415);
}

TEST_F(Introspect, S2_1_MayIgnoreTheHint) {
  for (const char* hint : {"access_token", "refresh_token", "nonsense"}) {
    const auto response = server.introspect_token(form_request({{"token", access_},
                                                                {"token_type_hint", hint},
                                                                {"client_id", "owner"},
                                                                {"client_secret", "s3cret"}}));
    EXPECT_TRUE(body_of(response).at("active").as_bool()) << hint;
  }
}

// §2.2: no difference between unknown, malformed, expired and revoked.
TEST_F(Introspect, S2_2_SaysTheSameOfEveryTokenThatIsNoGood) {
  for (const std::string& bad :
       {std::string("x"), access_ + "x", "mcp_rt_" + access_.substr(7), std::string(5000, 'a'),
        std::string(format.make(TokenKind::kAccess, clock.now() + Seconds{60}).reveal())}) {
    expect_inactive(ask_as("owner", bad));
    expect_inactive(ask_as_api(bad));
  }
}

TEST_F(Introspect, S4_AsksNobodyAboutGarbage) {
  const int before = tokens.look_ups;
  expect_inactive(ask_as_api("mcp_at_garbage"));
  EXPECT_EQ(tokens.look_ups, before);
}

TEST_F(Introspect, S4_KnowsATokenThatExpired) {
  clock.advance(Seconds{600});
  expect_inactive(ask_as("owner", access_));
  EXPECT_TRUE(body_of(ask_as("owner", refresh_)).at("active").as_bool());
  clock.advance(Seconds{31 * 86400});
  expect_inactive(ask_as("owner", refresh_));
}

TEST_F(Introspect, S4_KnowsARevocationAtOnce) {
  ASSERT_TRUE(verifier.verify(access_).ok());  // cached
  const auto grant = (*tokens.find_refresh_token(hash_token(refresh_)))->grant;
  ASSERT_TRUE(grants.revoke(grant, "test").ok());
  expect_inactive(ask_as_api(access_));
  expect_inactive(ask_as("owner", refresh_));
}

// A refresh token that has a successor is only good for finding a thief.
TEST_F(Introspect, S4_KnowsARefreshTokenThatWasUsed) {
  ASSERT_EQ(refresh().status, 200);
  expect_inactive(ask_as("owner", refresh_));
}

TEST_F(Introspect, S4_KnowsThatItsClientIsDisabled) {
  Client disabled = **clients.find(ClientId{"owner"});
  disabled.disabled = true;
  ASSERT_TRUE(clients.update(disabled).ok());
  expect_inactive(ask_as_api(access_));
}

// A resource server is no client.
TEST_F(Introspect, S2_1_NeverGivesAResourceServerAToken) {
  const auto page = ask(bend(authorize_fields("api"), "redirect_uri", ""));
  EXPECT_EQ(page.status, 400);
  Request request = form_request({{"grant_type", "authorization_code"}, {"code", "x"}});
  request.headers.add("Authorization", "Basic " + to_base64("api:s3cret"));
  EXPECT_EQ(error_of(server.exchange_token(request)), "unauthorized_client");
}

TEST_F(Introspect, IsAskedToTryAgainWhenTheStoreIsAway) {
  tokens.broken = true;
  EXPECT_EQ(ask_as_api(access_).status, 503);
}

}  // namespace
}  // namespace mcph::oauth
