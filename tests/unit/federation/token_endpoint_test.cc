#include "federation/token_endpoint.h"

#include <gtest/gtest.h>

#include "fakes/fake_http_client.h"
#include "support/fake_clock.h"
#include "support/fake_random.h"

namespace mcph::federation {
namespace {

using Kind = TokenFailure::Kind;

TokenFailure failure_of(int status, std::string body) {
  auto outcome = read_token_answer(fakes::http_answer(status, std::move(body)));
  const auto* failure = std::get_if<TokenFailure>(&outcome);
  return failure != nullptr ? *failure : TokenFailure{Kind::kRefused, {}, "was a success"};
}

TEST(ReadTokenAnswer, ReadsTheTokens) {
  const auto outcome = read_token_answer(fakes::http_answer(
      200, R"({"access_token":"at","token_type":"bearer","expires_in":600,"refresh_token":"rt",)"
           R"("id_token":"a.b.c","scope":"openid x","extra":{"a":[1]}})"));
  const auto& tokens = std::get<TokenResponse>(outcome);
  EXPECT_EQ(tokens.access_token.reveal(), "at");
  EXPECT_EQ(tokens.refresh_token.reveal(), "rt");
  EXPECT_EQ(tokens.id_token.reveal(), "a.b.c");
  EXPECT_EQ(tokens.scope, "openid x");
  EXPECT_EQ(tokens.lifetime, Seconds{600});
}

TEST(ReadTokenAnswer, AssumesAShortLifetimeWhenNoneIsGiven) {
  const auto outcome =
      read_token_answer(fakes::http_answer(200, R"({"access_token":"at","token_type":"Bearer"})"));
  const auto& tokens = std::get<TokenResponse>(outcome);
  EXPECT_EQ(tokens.lifetime, Seconds{300});
  EXPECT_TRUE(tokens.refresh_token.empty());
  EXPECT_FALSE(tokens.scope.has_value());
}

TEST(ReadTokenAnswer, CallsAnUnreadableSuccessGarbled) {
  for (const char* body : {"", "{", "[]", "{}", R"({"access_token":"at"})",
                           R"({"access_token":"at","token_type":"DPoP"})",
                           R"({"access_token":"","token_type":"Bearer"})",
                           R"({"access_token":"a b","token_type":"Bearer"})",
                           R"({"access_token":"a\r\nX: y","token_type":"Bearer"})",
                           R"({"access_token":7,"token_type":"Bearer"})",
                           R"({"access_token":"at","token_type":"Bearer","refresh_token":5})",
                           R"({"access_token":"at","token_type":"Bearer","expires_in":0})",
                           R"({"access_token":"at","token_type":"Bearer","expires_in":-5})"}) {
    EXPECT_EQ(failure_of(200, body).kind, Kind::kGarbled) << body;
  }
  EXPECT_EQ(failure_of(200, R"({"access_token":")" + std::string(20'000, 'a') +
                                R"(","token_type":"Bearer"})")
                .kind,
            Kind::kGarbled);
}

TEST(ReadTokenAnswer, TellsRefusalsApart) {
  EXPECT_EQ(failure_of(400, R"({"error":"invalid_grant"})").kind, Kind::kInvalidGrant);
  EXPECT_EQ(failure_of(401, R"({"error":"invalid_client"})").kind, Kind::kInvalidClient);
  EXPECT_EQ(failure_of(400, R"({"error":"invalid_client"})").kind, Kind::kInvalidClient);
  EXPECT_EQ(failure_of(400, R"({"error":"unauthorized_client"})").kind, Kind::kInvalidClient);
  EXPECT_EQ(failure_of(401, "").kind, Kind::kInvalidClient);
  EXPECT_EQ(failure_of(400, R"({"error":"invalid_scope"})").kind, Kind::kRefused);
  EXPECT_EQ(failure_of(400, "<html>").kind, Kind::kRefused);
  EXPECT_EQ(failure_of(404, "").kind, Kind::kRefused);
  EXPECT_EQ(failure_of(302, "").kind, Kind::kRefused);
}

TEST(ReadTokenAnswer, NeverTakesTroubleForADeadGrant) {
  EXPECT_EQ(failure_of(429, R"({"error":"invalid_grant"})").kind, Kind::kBusy);
  EXPECT_EQ(failure_of(500, R"({"error":"invalid_grant"})").kind, Kind::kBusy);
  EXPECT_EQ(failure_of(503, "").kind, Kind::kBusy);
  EXPECT_NE(failure_of(403, R"({"error":"invalid_grant"})").kind, Kind::kInvalidGrant);
}

TEST(ReadTokenAnswer, KeepsTheCorrelationIdAndNothingElseOfTheDescription) {
  const auto failure = failure_of(
      400, R"({"error":"invalid_grant","error_description":)"
           R"x("Token eyJhbGciOi is bad. (Correlation ID: 5bb0a6a5-ac9c-44f7-9b5f-5a6a)"})x");
  EXPECT_EQ(failure.detail, "400 invalid_grant correlation_id=5bb0a6a5-ac9c-44f7-9b5f-5a6a");
  EXPECT_EQ(failure_of(400, R"({"id":"abc-1","code":"INVALID_DATA","message":"m"})").detail,
            "400 INVALID_DATA correlation_id=abc-1");
  EXPECT_EQ(failure_of(400, R"({"error":"a\nb <x>"})").detail, "400 a?b??x?");
}

TEST(ReadTokenAnswer, ReadsRetryAfterInSeconds) {
  auto response = fakes::http_answer(429, "");
  response.headers.add("Retry-After", "12");
  EXPECT_EQ(std::get<TokenFailure>(read_token_answer(response)).retry_after, Seconds{12});
  response.headers.set("Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT");
  EXPECT_FALSE(std::get<TokenFailure>(read_token_answer(response)).retry_after.has_value());
}

class TokenEndpointTest : public ::testing::Test {
 protected:
  static Provider make_provider() {
    Provider provider;
    provider.issuer = "https://idp.example/as";
    provider.client_id = "client:1";
    provider.client_secret = Secret(std::string("s%cret~"));
    provider.redirect_uri = "https://mcp.example/callback";
    return provider;
  }

  Result<net::HttpResponse> answer(const net::HttpRequest& request) {
    if (request.method == Method::kPost) return token_answer_;
    return fakes::http_answer(
        200, to_json(json::object{{"issuer", provider_.issuer},
                                  {"authorization_endpoint", "https://idp.example/a"},
                                  {"token_endpoint", "https://idp.example/token"},
                                  {"jwks_uri", "https://idp.example/j"}}));
  }

  test::FakeClock clock_;
  Log log_{clock_, 2, LogLevel::kError};
  const Provider provider_ = make_provider();
  Result<net::HttpResponse> token_answer_ =
      fakes::http_answer(200, R"({"access_token":"at","token_type":"Bearer"})");
  fakes::FakeHttpClient http_{[this](const auto& request) { return answer(request); }};
  Discovery discovery_{provider_.issuer, http_, clock_, log_};
  test::FakeRandom random_;
  AuthenticatedPost post_{provider_, http_, clock_, random_};
  TokenEndpoint endpoint_{provider_, discovery_, post_};
};

TEST_F(TokenEndpointTest, RedeemsACodeAsRfc6749Says) {
  const auto outcome = endpoint_.redeem_code("c/1", Secret(std::string("verifier")));
  EXPECT_TRUE(std::holds_alternative<TokenResponse>(outcome));
  const auto requests = http_.requests();
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_EQ(requests[1].url, "https://idp.example/token");
  EXPECT_EQ(requests[1].body,
            "grant_type=authorization_code&code=c%2F1&redirect_uri=https%3A%2F%2Fmcp.example%2F"
            "callback&code_verifier=verifier");
  // base64 of "client%3A1:s%25cret~"
  EXPECT_EQ(requests[1].authorization.reveal(), "Basic Y2xpZW50JTNBMTpzJTI1Y3JldH4=");
  EXPECT_EQ(requests[1].headers.find("content-type"), "application/x-www-form-urlencoded");
}

TEST_F(TokenEndpointTest, RefreshesWithTheTokenAlone) {
  (void)endpoint_.refresh(Secret(std::string("rt+1")), 4000);
  EXPECT_EQ(http_.requests().at(1).body, "grant_type=refresh_token&refresh_token=rt%2B1");
  EXPECT_EQ(http_.requests().at(1).timeout_ms, 4000);
}

TEST_F(TokenEndpointTest, SaysWhetherTheRequestMayHaveBeenCarriedOut) {
  for (const auto& [code, kind] : {std::pair{Code::kTimeout, Kind::kUnreachable},
                                   {Code::kUnavailable, Kind::kUnreachable},
                                   {Code::kLimit, Kind::kGarbled},
                                   {Code::kInvalid, Kind::kRefused}}) {
    token_answer_ = Error{code, "m", "d"};
    const auto outcome = endpoint_.refresh(Secret(std::string("rt")), 4000);
    EXPECT_EQ(std::get<TokenFailure>(outcome).kind, kind);
  }
}

}  // namespace
}  // namespace mcph::federation
