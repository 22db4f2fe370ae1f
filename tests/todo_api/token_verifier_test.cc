#include "todo_api/token_verifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/encoding.h"
#include "support/fake_clock.h"
#include "todo_api/fake_issuer.h"

namespace mcph::todo_api {
namespace {

using ::testing::ElementsAre;

class TokenVerifierTest : public ::testing::Test {
 protected:
  json::object claims() const {
    return {{"iss", FakeIssuer::kIssuer},
            {"aud", json::array{"https://other.example", "https://todo.example"}},
            {"sub", "alice"},
            {"scope", "openid todo_api:read"},
            {"exp", to_unix(clock_.now()) + 600}};
  }
  json::object claims_with(std::string_view name, json::value value) const {
    json::object changed = claims();
    changed[name] = std::move(value);
    return changed;
  }
  Code refusal_of(const std::string& token) {
    const auto owner = verifier_.verify(token);
    EXPECT_FALSE(owner.ok());
    return owner.ok() ? Code::kInternal : owner.error().code;
  }
  bool accepts(const json::object& some_claims) {
    return verifier_.verify(issuer_.sign(some_claims)).ok();
  }

  FakeIssuer issuer_;
  test::FakeClock clock_;
  SigningKeys keys_{FakeIssuer::kIssuer, issuer_, clock_};
  TokenVerifier verifier_{FakeIssuer::kIssuer, "https://todo.example", keys_, clock_};
};

TEST_F(TokenVerifierTest, AcceptsATokenOfPingOnesShape) {
  const auto owner = verifier_.verify(issuer_.sign(claims()));
  ASSERT_TRUE(owner.ok()) << owner.error().message;
  EXPECT_EQ(owner->subject, "alice");
  EXPECT_THAT(owner->scopes, ElementsAre("openid", "todo_api:read"));
}

TEST_F(TokenVerifierTest, TakesTheAudienceAsTextOrList) {
  EXPECT_TRUE(accepts(claims_with("aud", "https://todo.example")));
  EXPECT_FALSE(accepts(claims_with("aud", "https://todo.example.evil")));
  EXPECT_FALSE(accepts(claims_with("aud", json::array{"https://other.example"})));
  EXPECT_FALSE(accepts(claims_with("aud", json::array{})));
  EXPECT_FALSE(accepts(claims_with("aud", nullptr)));
}

TEST_F(TokenVerifierTest, ComparesScopesAsWholeWords) {
  const auto owner =
      verifier_.verify(issuer_.sign(claims_with("scope", "todo_api:readonly xtodo_api:read")));
  ASSERT_TRUE(owner.ok());
  EXPECT_FALSE(owner->has_scope("todo_api:read"));
}

TEST_F(TokenVerifierTest, RefusesEveryOtherIssuer) {
  EXPECT_FALSE(accepts(claims_with("iss", "https://evil.example/as")));
  EXPECT_FALSE(accepts(claims_with("iss", nullptr)));
}

TEST_F(TokenVerifierTest, RefusesATokenFromItsExpiryOnAlsoARememberedOne) {
  const auto token = issuer_.sign(claims());
  EXPECT_TRUE(verifier_.verify(token).ok());
  clock_.advance(Seconds(599));
  EXPECT_TRUE(verifier_.verify(token).ok());
  clock_.advance(Seconds(1));
  EXPECT_EQ(refusal_of(token), Code::kUnauthorized);
  EXPECT_FALSE(accepts(claims_with("exp", "tomorrow")));
  EXPECT_FALSE(accepts(claims_with("exp", nullptr)));
}

TEST_F(TokenVerifierTest, AllowsForClocksThatDifferWhenATokenBegins) {
  const auto now = to_unix(clock_.now());
  EXPECT_TRUE(accepts(claims_with("nbf", now + TokenVerifier::kClockSkew.count())));
  EXPECT_FALSE(accepts(claims_with("nbf", now + TokenVerifier::kClockSkew.count() + 1)));
  EXPECT_FALSE(accepts(claims_with("nbf", "now")));
}

TEST_F(TokenVerifierTest, RefusesTokensOfAnotherType) {
  const auto with_typ = [&](const char* typ) {
    return issuer_.sign({{"alg", "RS256"}, {"kid", "first"}, {"typ", typ}}, claims(), "first");
  };
  EXPECT_TRUE(verifier_.verify(with_typ("at+jwt")).ok());
  EXPECT_TRUE(verifier_.verify(with_typ("application/at+JWT")).ok());
  EXPECT_EQ(refusal_of(with_typ("logout+jwt")), Code::kUnauthorized);
}

TEST_F(TokenVerifierTest, RefusesAForgedSignatureAndOtherAlgorithms) {
  issuer_.add_key("unpublished", false);
  EXPECT_EQ(refusal_of(issuer_.sign({{"alg", "RS256"}, {"kid", "first"}}, claims(), "unpublished")),
            Code::kUnauthorized);
  EXPECT_EQ(refusal_of(issuer_.sign({{"alg", "PS256"}, {"kid", "first"}}, claims(), "first")),
            Code::kUnauthorized);
  EXPECT_EQ(
      refusal_of(to_base64url(R"({"alg":"none"})") + "." + to_base64url(to_json(claims())) + "."),
      Code::kUnauthorized);
  EXPECT_EQ(refusal_of("no token"), Code::kUnauthorized);
  EXPECT_EQ(refusal_of(""), Code::kUnauthorized);
}

TEST_F(TokenVerifierTest, RefusesATokenThatNamesNobody) {
  EXPECT_FALSE(accepts(claims_with("sub", "")));
  EXPECT_FALSE(accepts(claims_with("sub", 5)));
  EXPECT_FALSE(accepts(claims_with("sub", json::string("a\0b", 3))));
  EXPECT_FALSE(accepts(claims_with("sub", json::string(256, 'a'))));
}

TEST_F(TokenVerifierTest, AcceptsTheNextKeyOfARotation) {
  EXPECT_TRUE(accepts(claims()));
  issuer_.add_key("second");
  clock_.advance(SigningKeys::kFetchCooldown);
  EXPECT_TRUE(
      verifier_.verify(issuer_.sign({{"alg", "RS256"}, {"kid", "second"}}, claims(), "second"))
          .ok());
}

TEST_F(TokenVerifierTest, SaysUnavailableWhenTheKeysCannotBeHad) {
  issuer_.reachable = false;
  EXPECT_EQ(refusal_of(issuer_.sign(claims())), Code::kUnavailable);
}

}  // namespace
}  // namespace mcph::todo_api
