#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "federation/limits.h"
#include "federation/standin_fixture.h"

namespace mcph::federation {
namespace {

class SignInAtStandin : public StandinFixture {
 protected:
  Code code_of_failed_sign_in() {
    const auto user = sign_in(*host_);
    EXPECT_FALSE(user.ok()) << "the sign-in went through";
    return user.ok() ? Code::kInternal : user.error().code;
  }
  // By that check of the table: the signature was good.
  void expect_refused_by(const std::string& check) {
    const auto user = sign_in(*host_);
    ASSERT_FALSE(user.ok()) << check;
    EXPECT_EQ(user.error().code, Code::kUnauthorized) << check;
    EXPECT_EQ(user.error().detail, "id_token: " + check);
  }
  void tamper_with_id_token(const json::object& how) {
    standin_->fault("token", {{"idToken", how}});
  }
};

TEST_F(SignInAtStandin, EndsWithTheUserAndUsableTokens) {
  const auto user = signed_in();
  EXPECT_EQ(user.issuer, standin_->issuer());
  EXPECT_EQ(user.subject, "8ca2b15a-e3bd-43a5-bee1-1e533bae759d");
  EXPECT_EQ(user.label, "mary.sample");
  EXPECT_TRUE(user.credential.has_refresh_token);
  const auto token = host_->upstream_tokens().get(grant_);
  ASSERT_TRUE(token.ok()) << token.error().detail;
  const auto claims = parse_json((*token)->claims_json);
  EXPECT_EQ(find_string(claims->as_object(), "given_name"), "Mary");
  EXPECT_FALSE(claims->as_object().contains("nonce"));
  EXPECT_FALSE(claims->as_object().contains("at_hash"));
  EXPECT_EQ(standin_->count("token"), 1);
}

TEST_F(SignInAtStandin, AsksForDiscoveryAndKeysOnce) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(sign_in(*host_).ok());
  EXPECT_EQ(standin_->count("discovery"), 1);
  EXPECT_EQ(standin_->count("jwks"), 1);
}

TEST_F(SignInAtStandin, RefusesACodeUsedTwice) {
  const auto redirect = host_->begin("state-1", {});
  const auto callback = standin_->follow(redirect->url);
  const auto finish = [&] {
    return host_->finish({callback.code, {}}, redirect->nonce, redirect->code_verifier, grant_);
  };
  EXPECT_TRUE(finish().ok());
  EXPECT_EQ(finish().error().code, Code::kUnauthorized);
}

TEST_F(SignInAtStandin, NeedsItsOwnCodeVerifier) {
  const auto one = host_->begin("state-1", {});
  const auto other = host_->begin("state-1", {});
  const auto callback = standin_->follow(one->url);
  const auto user = host_->finish({callback.code, {}}, one->nonce, other->code_verifier, grant_);
  EXPECT_EQ(user.error().code, Code::kUnauthorized);
}

TEST_F(SignInAtStandin, RefusesTheTokenOfAnotherSignIn) {
  const auto one = host_->begin("state-1", {});
  const auto other = host_->begin("state-1", {});
  const auto callback = standin_->follow(one->url);
  const auto user = host_->finish({callback.code, {}}, other->nonce, one->code_verifier, grant_);
  EXPECT_EQ(user.error().code, Code::kUnauthorized);
}

TEST_F(SignInAtStandin, RefusesForgedIdTokens) {
  for (const json::object& how :
       {json::object{{"badSignature", true}}, json::object{{"alg", "none"}},
        json::object{{"alg", "HS256"}}, json::object{{"kid", "unknown-key"}}}) {
    tamper_with_id_token(how);
    EXPECT_EQ(code_of_failed_sign_in(), Code::kUnauthorized) << to_json(how);
  }
}

TEST_F(SignInAtStandin, RefusesSignedIdTokensThatAreNotForThisSignIn) {
  const std::pair<json::object, const char*> wrong[] = {
      {{{"aud", "another-client"}}, "aud"},
      {{{"iss", "https://evil.example/as"}}, "iss"},
      {{{"nonce", "another"}}, "nonce"},
      {{{"exp", 1'000'000'000}}, "exp, iat or nbf"},
      {{{"iat", 4'000'000'000}}, "exp, iat or nbf"},
      {{{"azp", "another-client"}}, "azp"},
      {{{"sub", ""}}, "sub"},
      {{{"at_hash", "AAAAAAAAAAAAAAAAAAAAAA"}}, "at_hash"}};
  for (const auto& [claims, check] : wrong) {
    tamper_with_id_token({{"claims", claims}});
    expect_refused_by(check);
  }
  for (const auto& [name, check] : {std::pair{"aud", "aud"},
                                    {"iss", "iss"},
                                    {"nonce", "nonce"},
                                    {"exp", "exp, iat or nbf"},
                                    {"iat", "exp, iat or nbf"},
                                    {"sub", "sub"}}) {
    tamper_with_id_token({{"drop", json::array{name}}});
    expect_refused_by(check);
  }
  EXPECT_TRUE(sign_in(*host_).ok());
}

TEST_F(SignInAtStandin, HoldsTheAcrAgainstTheDaVinciPolicy) {
  Provider provider = standin_->provider();
  provider.davinci_policy = "policy-1";
  host_ = make_host(provider);
  const auto user = sign_in(*host_);
  ASSERT_TRUE(user.ok()) << user.error().detail;
  EXPECT_EQ(user->acr, "policy-1");
  tamper_with_id_token({{"claims", json::object{{"acr", "Single_Factor"}}}});
  EXPECT_EQ(code_of_failed_sign_in(), Code::kUnauthorized);
}

TEST_F(SignInAtStandin, FollowsARotatedKey) {
  ASSERT_TRUE(sign_in(*host_).ok());
  standin_->control("rotate-keys", json::object{});
  EXPECT_TRUE(sign_in(*host_).ok());
  EXPECT_EQ(standin_->count("jwks"), 2);
  clock_.advance(Seconds{30});
  standin_->control("rotate-keys", json::object{{"dropOld", true}});
  EXPECT_TRUE(sign_in(*host_).ok());
}

TEST_F(SignInAtStandin, WaitsForAKeyThatIsNotPublishedYet) {
  ASSERT_TRUE(sign_in(*host_).ok());
  standin_->control("rotate-keys", json::object{{"publishNew", false}});
  EXPECT_EQ(code_of_failed_sign_in(), Code::kUnauthorized);
  EXPECT_EQ(code_of_failed_sign_in(), Code::kUnauthorized);
  EXPECT_EQ(standin_->count("jwks"), 2);  // once more, then the cool-down
  standin_->control("publish-all", json::object{});
  clock_.advance(Seconds{30});
  EXPECT_TRUE(sign_in(*host_).ok());
}

TEST_F(SignInAtStandin, TellsTroubleFromRefusal) {
  const json::object faults[] = {
      {{"status", 500}},
      {{"status", 503}},
      {{"status", 429}},
      {{"hangup", true}},
      {{"status", 200}, {"body", "{\"access_token\":\"abcdef"}, {"truncate", true}},
      {{"status", 200}, {"body", "<html>"}},
      {{"status", 401}, {"body", json::object{{"error", "invalid_client"}}}}};
  for (const json::object& fault : faults) {
    standin_->fault("token", fault);
    EXPECT_EQ(code_of_failed_sign_in(), Code::kUnavailable) << to_json(fault);
    clock_.advance(limits::kPauseMax);  // who asked to be left alone is left alone
  }
  EXPECT_TRUE(sign_in(*host_).ok());
}

TEST_F(SignInAtStandin, LeavesAnEndpointAloneForAsLongAsItAsks) {
  standin_->fault("token", {{"status", 429}, {"headers", json::object{{"retry-after", "20"}}}});
  EXPECT_EQ(code_of_failed_sign_in(), Code::kUnavailable);
  clock_.advance(Seconds{19});
  EXPECT_EQ(code_of_failed_sign_in(), Code::kUnavailable);
  EXPECT_EQ(standin_->count("token"), 1) << "nothing was sent";
  clock_.advance(Seconds{6});
  EXPECT_TRUE(sign_in(*host_).ok());
}

TEST_F(SignInAtStandin, NeverSendsACodeTwice) {
  ASSERT_TRUE(sign_in(*host_).ok());  // leaves a kept-alive connection behind
  standin_->reset();
  standin_->fault("token", {{"hangup", true}});
  EXPECT_EQ(code_of_failed_sign_in(), Code::kUnavailable);
  EXPECT_EQ(standin_->count("token"), 1);
}

TEST_F(SignInAtStandin, RefusesAnAnswerWithoutAnIdToken) {
  standin_->fault("token", {{"drop", json::array{"id_token"}}});
  EXPECT_EQ(code_of_failed_sign_in(), Code::kUnauthorized);
}

TEST_F(SignInAtStandin, CannotBeginWithoutATrustworthyDiscoveryDocument) {
  for (const json::object& fault :
       {json::object{{"status", 500}}, json::object{{"hangup", true}},
        json::object{{"status", 200},
                     {"body", json::object{{"issuer", "https://evil.example"}}}}}) {
    host_ = make_host(standin_->provider());
    // A GET may be sent again on a fresh connection, so the fault strikes twice.
    standin_->fault("discovery", fault, 2);
    EXPECT_EQ(host_->begin("state-1", {}).error().code, Code::kUnavailable) << to_json(fault);
    standin_->reset();
    clock_.advance(Seconds{5});
    EXPECT_TRUE(host_->begin("state-1", {}).ok());
  }
}

TEST_F(SignInAtStandin, GoesOnWithOldKeysWhileNewOnesCannotBeFetched) {
  ASSERT_TRUE(sign_in(*host_).ok());
  standin_->fault("jwks", {{"status", 500}}, 5);
  clock_.advance(Seconds{3600});
  // The ID token is an hour older than this clock, and lives for one.
  standin_->fault(
      "token",
      {{"idToken", json::object{{"claims", json::object{{"exp", to_unix(clock_.now()) + 60}}}}}});
  const auto user = sign_in(*host_);
  EXPECT_TRUE(user.ok()) << user.error().detail;
  EXPECT_EQ(standin_->count("jwks"), 2);
}

}  // namespace
}  // namespace mcph::federation
