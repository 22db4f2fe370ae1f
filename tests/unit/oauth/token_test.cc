// The token endpoint: RFC 6749 §3.2, §4.1.3, §5, RFC 7636 §4.6, RFC 8707 §2.2.
#include <atomic>
#include <thread>

#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

class RedeemCode : public OAuthTest {
 protected:
  void expect_error(const Response& response, int status, const std::string& error) {
    EXPECT_EQ(response.status, status) << response.body;
    EXPECT_EQ(error_of(response), error);
    EXPECT_EQ(header(response, "cache-control"), "no-store");
    EXPECT_EQ(header(response, "content-type"), "application/json");
  }
};

// RFC 6749 §5.1
TEST_F(RedeemCode, GivesBothTokens) {
  const auto response = token(code_fields(code_for()));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header(response, "cache-control"), "no-store");
  const auto answer = body_of(response);
  EXPECT_EQ(text(answer, "token_type"), "Bearer");
  EXPECT_EQ(find_int(answer, "expires_in"), 600);
  EXPECT_EQ(text(answer, "scope"), "todo:read todo:write");
  EXPECT_TRUE(text(answer, "access_token").starts_with("mcp_at_"));
  EXPECT_TRUE(text(answer, "refresh_token").starts_with("mcp_rt_"));
  const auto caller = verifier.verify(text(answer, "access_token"));
  ASSERT_TRUE(caller.ok());
  EXPECT_EQ((*caller)->subject, "user-1");
  EXPECT_EQ((*caller)->client, client.id);
}

// Threat: code replay. RFC 6749 §4.1.2
TEST_F(RedeemCode, RefusesACodeUsedTwiceAndRevokesTheGrant) {
  const auto code = code_for();
  const auto first = body_of(token(code_fields(code)));
  ASSERT_TRUE(is_live(text(first, "access_token")));
  expect_error(token(code_fields(code)), 400, "invalid_grant");
  EXPECT_EQ(grants.list({}).value().at(0).revoke_reason, "code_replayed");
  EXPECT_EQ(verifier.find_cached(text(first, "access_token")), nullptr);
  EXPECT_FALSE(is_live(text(first, "access_token")));
  expect_error(token(refresh_fields(text(first, "refresh_token"))), 400, "invalid_grant");
}

TEST_F(RedeemCode, HasOneWinnerAmongMany) {
  const auto code = code_for();
  std::atomic<int> won{0};
  std::vector<std::thread> racers;
  for (int i = 0; i < 16; ++i) {
    racers.emplace_back([&] { won += token(code_fields(code)).status == 200 ? 1 : 0; });
  }
  for (auto& racer : racers) racer.join();
  EXPECT_EQ(won, 1);
}

TEST_F(RedeemCode, RefusesAnExpiredCode) {
  const auto code = code_for();
  clock.advance(Seconds{60});
  expect_error(token(code_fields(code)), 400, "invalid_grant");
}

TEST_F(RedeemCode, RefusesGarbageAndExpiredCodesWithoutALookUp) {
  const auto code = code_for();
  clock.advance(Seconds{60});
  tokens.look_ups = 0;
  std::string bent = code;
  bent.back() = bent.back() == 'A' ? 'E' : 'A';
  for (const std::string& presented : {code, bent, std::string("x"), "mcp_rt_" + code.substr(7)}) {
    expect_error(token(code_fields(presented)), 400, "invalid_grant");
  }
  EXPECT_EQ(tokens.look_ups, 0);
}

// Threat: code injection. A stolen code is worth nothing to another client and does not hurt its
// owner.
TEST_F(RedeemCode, RefusesTheCodeOfAnotherClient) {
  Client other = client;
  other.id = ClientId{"other"};
  add(other);
  const auto code = code_for();
  expect_error(token(bend(code_fields(code), "client_id", "other")), 400, "invalid_grant");
  EXPECT_EQ(token(code_fields(code)).status, 200);
}

// RFC 6749 §4.1.3: the very one of the authorization request, not just any registered one.
TEST_F(RedeemCode, RefusesAnotherRegisteredRedirectUri) {
  Client two = client;
  two.redirect_uris = {kRedirect, "https://app.example/other"};
  ASSERT_TRUE(clients.update(two).ok());
  const auto code = code_for();
  expect_error(token(bend(code_fields(code), "redirect_uri", "https://app.example/other")), 400,
               "invalid_grant");
  expect_error(token(bend(code_fields(code), "redirect_uri", "")), 400, "invalid_request");
  EXPECT_EQ(token(code_fields(code)).status, 200);
}

TEST_F(RedeemCode, NeedsNoRedirectUriIfTheAuthorizationRequestHadNone) {
  const auto fields = bend(authorize_fields(), "redirect_uri", "");
  EXPECT_EQ(token(bend(code_fields(code_for(fields)), "redirect_uri", "")).status, 200);
  EXPECT_EQ(token(code_fields(code_for(fields))).status, 200);
  expect_error(token(bend(code_fields(code_for(fields)), "redirect_uri", "https://app.example/x")),
               400, "invalid_grant");
}

// Threat: PKCE downgrade. RFC 7636 §4.6
TEST_F(RedeemCode, RefusesAWrongOrMissingVerifier) {
  const auto code = code_for();
  expect_error(token(bend(code_fields(code), "code_verifier", "")), 400, "invalid_request");
  expect_error(token(bend(code_fields(code), "code_verifier", std::string(42, 'a'))), 400,
               "invalid_request");
  expect_error(token(bend(code_fields(code), "code_verifier", std::string(129, 'a'))), 400,
               "invalid_request");
  expect_error(token(bend(code_fields(code), "code_verifier", std::string(43, '!'))), 400,
               "invalid_request");
  expect_error(token(bend(code_fields(code), "code_verifier", std::string(43, 'a'))), 400,
               "invalid_grant");
  expect_error(token(bend(code_fields(code), "code_verifier", kChallenge)), 400, "invalid_grant");
  EXPECT_EQ(token(code_fields(code)).status, 200) << "none of these may use the code up";
}

// RFC 8707 §2.2
TEST_F(RedeemCode, RefusesAnotherResource) {
  const auto code = code_for();
  expect_error(token(bend(code_fields(code), "resource", "https://other.example/")), 400,
               "invalid_target");
  EXPECT_EQ(token(bend(code_fields(code), "resource", "")).status, 200);
}

TEST_F(RedeemCode, GivesNoRefreshTokenToAClientWithoutThatGrant) {
  Client code_only = client;
  code_only.grant_types = {"authorization_code"};
  ASSERT_TRUE(clients.update(code_only).ok());
  EXPECT_FALSE(sign_in().contains("refresh_token"));
}

TEST_F(RedeemCode, EndsTheTokensBeforeAnUpstreamTokenThatCannotBeRefreshed) {
  idp.user.credential.has_refresh_token = false;
  idp.user.credential.access_expires_at = clock.now() + Seconds{300};
  const auto answer = sign_in();
  EXPECT_EQ(find_int(answer, "expires_in"), 270);
  EXPECT_FALSE(answer.contains("refresh_token"));
}

TEST_F(RedeemCode, RefusesTheCodeOfARevokedGrant) {
  const auto code = code_for();
  ASSERT_TRUE(grants.revoke(grants.list({}).value().at(0).id, "test").ok());
  expect_error(token(code_fields(code)), 400, "invalid_grant");
}

// RFC 6749 §5.2
TEST_F(RedeemCode, RefusesMalformedRequests) {
  const auto code = code_for();
  expect_error(token(bend(code_fields(code), "code", "")), 400, "invalid_request");
  expect_error(token(bend(code_fields(code), "grant_type", "")), 400, "invalid_request");
  for (const char* type : {"password", "client_credentials", "implicit",
                           "urn:ietf:params:oauth:grant-type:device_code"}) {
    expect_error(token(bend(code_fields(code), "grant_type", type)), 400, "unsupported_grant_type");
  }
  auto twice = code_fields(code);
  twice.emplace_back("code", code);
  expect_error(token(twice), 400, "invalid_request");
  Request request = form_request({});
  request.body = "grant_type=%zz";
  expect_error(server.exchange_token(request), 400, "invalid_request");
  request.body = "grant_type=\xff";
  expect_error(server.exchange_token(request), 400, "invalid_request");
  request.body.assign(64 * 1024 + 1, 'a');
  expect_error(server.exchange_token(request), 413, "invalid_request");
}

TEST_F(RedeemCode, RefusesOtherMediaTypes) {
  Request request = form_request(code_fields(code_for()));
  for (const char* type : {"application/json", "multipart/form-data", "text/plain", ""}) {
    request.headers.set("Content-Type", type);
    expect_error(server.exchange_token(request), 415, "invalid_request");
  }
  request.headers.set("Content-Type", "Application/X-WWW-Form-Urlencoded;charset=UTF-8");
  EXPECT_EQ(server.exchange_token(request).status, 200);
}

TEST_F(RedeemCode, RefusesAGrantTypeTheClientDoesNotHave) {
  Client code_only = client;
  code_only.grant_types = {"authorization_code"};
  ASSERT_TRUE(clients.update(code_only).ok());
  expect_error(token(refresh_fields("x")), 400, "unauthorized_client");
}

TEST_F(RedeemCode, SaysSoWhenTheStoreIsAway) {
  const auto code = code_for();
  tokens.broken = true;
  const auto response = token(code_fields(code));
  expect_error(response, 503, "temporarily_unavailable");
  EXPECT_EQ(response.body.find("database"), std::string::npos);
  tokens.broken = false;
  EXPECT_EQ(token(code_fields(code)).status, 200);
}

TEST_F(RedeemCode, KeepsADynamicRegistrationAlive) {
  Client dynamic = client;
  dynamic.kind = ClientKind::kDynamic;
  dynamic.expires_at = clock.now() + Seconds{3600};
  ASSERT_TRUE(clients.update(dynamic).ok());
  sign_in();
  EXPECT_EQ((*clients.find(client.id))->expires_at, clock.now() + Seconds{90 * 24 * 3600});
}

}  // namespace
}  // namespace mcph::oauth
