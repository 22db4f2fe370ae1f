#include "federation/id_token.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

#include "base/encoding.h"
#include "crypto/hash.h"

namespace mcph::federation {
namespace {

constexpr std::int64_t kNow = 1'800'000'000;

IdTokenExpectation expectation() {
  return {"https://idp.example/as",
          "client",
          {},
          Secret(std::string("nonce-1")),
          Secret(std::string("access-token")),
          from_unix(kNow)};
}

crypto::Jws good_token() {
  return {{{"alg", "RS256"}, {"kid", "k"}},
          {{"iss", "https://idp.example/as"},
           {"sub", "user-1"},
           {"aud", "client"},
           {"exp", kNow + 3600},
           {"iat", kNow},
           {"nonce", "nonce-1"}}};
}

void expect_good(const crypto::Jws& token, const IdTokenExpectation& expected = expectation()) {
  const auto checked = check_id_token(token, expected);
  EXPECT_TRUE(checked.ok()) << (checked.ok() ? "" : checked.error().detail);
}

void expect_bad(const crypto::Jws& token, const char* check,
                const IdTokenExpectation& expected = expectation()) {
  const auto checked = check_id_token(token, expected);
  ASSERT_FALSE(checked.ok()) << check;
  EXPECT_EQ(checked.error().code, Code::kUnauthorized);
  EXPECT_EQ(checked.error().detail, std::string("id_token: ") + check);
}

crypto::Jws with(std::string_view name, json::value value) {
  crypto::Jws token = good_token();
  token.claims[boost::core::string_view(name.data(), name.size())] = std::move(value);
  return token;
}

crypto::Jws with(std::string_view name, const std::string& text) {
  return with(name, json::value(json::string(text)));
}

crypto::Jws with(std::string_view name, const char* text) {
  return with(name, std::string(text));
}

crypto::Jws without(const char* name) {
  crypto::Jws token = good_token();
  token.claims.erase(name);
  return token;
}

TEST(CheckIdToken, AcceptsAGoodOne) {
  expect_good(good_token());
}

TEST(CheckIdToken, ChecksTheType) {
  crypto::Jws token = good_token();
  token.header["typ"] = "JWT";
  expect_good(token);
  for (const json::value& typ :
       {json::value("at+jwt"), json::value("logout+jwt"), json::value(1), json::value("")}) {
    token.header["typ"] = typ;
    expect_bad(token, "typ");
  }
}

TEST(CheckIdToken, ChecksTheIssuer) {
  expect_bad(with("iss", "https://idp.example/as/"), "iss");
  expect_bad(without("iss"), "iss");
  expect_bad(with("iss", json::array{"https://idp.example/as"}), "iss");
}

TEST(CheckIdToken, ChecksTheAudience) {
  expect_good(with("aud", json::array{"client"}));
  expect_bad(with("aud", "other"), "aud");
  expect_bad(with("aud", json::array{"other", 5}), "aud");
  expect_bad(with("aud", json::array{}), "aud");
  expect_bad(without("aud"), "aud");
}

TEST(CheckIdToken, ChecksTheAuthorizedParty) {
  crypto::Jws token = with("aud", json::array{"client", "other"});
  expect_bad(token, "azp");
  token.claims["azp"] = "client";
  expect_good(token);
  token.claims["azp"] = "other";
  expect_bad(token, "azp");
  expect_bad(with("azp", "other"), "azp");
  expect_bad(with("azp", json::value(nullptr)), "azp");
}

TEST(CheckIdToken, ChecksTheTimesWithAMinuteOfSkew) {
  expect_good(with("exp", kNow + 1));
  crypto::Jws old = with("exp", kNow - 59);
  old.claims["iat"] = kNow - 3600;
  expect_good(old);
  old.claims["exp"] = kNow - 60;
  expect_bad(old, "exp, iat or nbf");
  expect_good(with("iat", kNow + 60));
  expect_bad(with("iat", kNow + 61), "exp, iat or nbf");
  expect_bad(without("exp"), "exp, iat or nbf");
  expect_bad(without("iat"), "exp, iat or nbf");
  expect_bad(with("exp", "1900000000"), "exp, iat or nbf");
  expect_bad(with("exp", 1.9e9), "exp, iat or nbf");
  expect_good(with("nbf", kNow + 60));
  expect_bad(with("nbf", kNow + 61), "exp, iat or nbf");
  expect_bad(with("nbf", "x"), "exp, iat or nbf");
}

TEST(CheckIdToken, ChecksTheNonce) {
  expect_bad(with("nonce", "nonce-2"), "nonce");
  expect_bad(without("nonce"), "nonce");
  IdTokenExpectation none = expectation();
  none.nonce = Secret();
  expect_bad(with("nonce", ""), "nonce", none);
}

TEST(CheckIdToken, ChecksTheAccessTokenHashWhenThereIsOne) {
  const std::string half = crypto::sha256("access-token").substr(0, 16);
  expect_good(with("at_hash", to_base64url(half)));
  expect_bad(with("at_hash", to_base64url(crypto::sha256("access-token"))), "at_hash");
  expect_bad(with("at_hash", to_base64url(crypto::sha256("another").substr(0, 16))), "at_hash");
  expect_bad(with("at_hash", 7), "at_hash");
}

TEST(CheckIdToken, ChecksThePolicyThatWasCompleted) {
  IdTokenExpectation policy = expectation();
  policy.acrs = {"policy-1"};
  expect_good(with("acr", "policy-1"), policy);
  expect_bad(with("acr", "Single_Factor"), "acr", policy);
  expect_bad(good_token(), "acr", policy);
  expect_good(with("acr", "anything"));
}

TEST(CheckIdToken, ChecksTheSubject) {
  expect_bad(without("sub"), "sub");
  expect_bad(with("sub", ""), "sub");
  expect_bad(with("sub", 7), "sub");
  expect_bad(with("sub", std::string(256, 'a')), "sub");
  expect_bad(with("sub", "a\nb"), "sub");
  expect_good(with("sub", std::string(255, 'a')));
}

}  // namespace
}  // namespace mcph::federation
