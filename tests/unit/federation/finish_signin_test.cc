#include "federation/finish_signin.h"

#include <gtest/gtest.h>

#include <string>

#include "base/encoding.h"
#include "crypto/key_ring.h"
#include "fakes/fake_http_client.h"
#include "fakes/memory_audit_log.h"
#include "fakes/memory_exchange_store.h"
#include "fakes/memory_revocation_store.h"
#include "fakes/memory_upstream_store.h"
#include "fakes/signing_key.h"
#include "federation/relying_party.h"
#include "support/fake_clock.h"
#include "support/fake_random.h"

namespace mcph::federation {
namespace {

constexpr const char* kIssuer = "https://idp.example/as";
const GrantId kGrant("11111111-1111-4111-8111-111111111111");

Provider provider() {
  Provider p;
  p.issuer = kIssuer;
  p.client_id = "client";
  p.client_secret = Secret(std::string("secret"));
  p.scopes = {"openid", "todo_api:read"};
  p.redirect_uri = "https://mcp.example/callback";
  return p;
}

crypto::KeyRing make_ring() {
  return std::move(crypto::KeyRing::parse("k1:" + to_base64url(std::string(32, 'a')))).value();
}

class FinishSignIn : public ::testing::Test {
 protected:
  static const fakes::SigningKey& key(int number) {
    static const fakes::SigningKey one("key-1"), two("key-2");
    return number == 1 ? one : two;
  }

  json::object claims() const {
    return {{"iss", kIssuer},     {"sub", "user-1"},
            {"aud", "client"},    {"iat", to_unix(clock_.now())},
            {"nonce", "nonce-1"}, {"exp", to_unix(clock_.now()) + 3600},
            {"acr", "policy-1"},  {"preferred_username", "mary"}};
  }

  void answer_with(const std::string& id_token) {
    token_answer_ = fakes::http_answer(200, to_json(json::object{{"access_token", "at-1"},
                                                                 {"token_type", "Bearer"},
                                                                 {"expires_in", 3600},
                                                                 {"refresh_token", "rt-1"},
                                                                 {"id_token", id_token}}));
  }

  Result<oauth::UpstreamUser> finish(std::optional<std::string> callback_issuer = {}) {
    return party_.finish({"code-1", std::move(callback_issuer)}, Secret(std::string("nonce-1")),
                         Secret(std::string("verifier")), kGrant);
  }

  Result<net::HttpResponse> answer(const net::HttpRequest& request) {
    if (request.method == Method::kPost) return token_answer_;
    if (request.url.ends_with("/jwks")) {
      return fakes::http_answer(200, R"({"keys":[)" + key(published_).jwk() + "]}");
    }
    return fakes::http_answer(
        200, to_json(json::object{{"issuer", kIssuer},
                                  {"authorization_endpoint", "https://idp.example/as/authorize"},
                                  {"token_endpoint", "https://idp.example/as/token"},
                                  {"jwks_uri", "https://idp.example/as/jwks"}}));
  }

  test::FakeClock clock_;
  Log log_{clock_, 2, LogLevel::kError};
  test::FakeRandom random_;
  crypto::KeyRing ring_ = make_ring();
  fakes::MemoryUpstreamStore store_{clock_};
  fakes::MemoryExchangeStore exchanges_{clock_};
  fakes::MemoryRevocationStore revocations_{clock_};
  int published_ = 1;
  Result<net::HttpResponse> token_answer_ = fakes::http_answer(500, "");
  fakes::FakeHttpClient http_{[this](const auto& request) { return answer(request); }};
  test::MemoryAuditLog audit_;
  RelyingParty party_{provider(), http_,   store_, exchanges_, revocations_,
                      ring_,      random_, clock_, log_,       audit_};
};

TEST_F(FinishSignIn, ReturnsTheUserAndSealsTheTokens) {
  answer_with(key(1).sign(claims()));
  const auto user = finish();
  ASSERT_TRUE(user.ok()) << user.error().detail;
  EXPECT_EQ(user->issuer, kIssuer);
  EXPECT_EQ(user->subject, "user-1");
  EXPECT_EQ(user->label, "mary");
  EXPECT_EQ(user->acr, "policy-1");
  EXPECT_EQ(user->credential.access_expires_at, clock_.now() + Seconds{3600});
  const auto opened = CredentialSealer(ring_, random_).open(kGrant, user->credential);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(opened->access_token.reveal(), "at-1");
  EXPECT_EQ(opened->refresh_token.reveal(), "rt-1");
  EXPECT_EQ(opened->scope, "openid todo_api:read");  // as asked for, when the answer does not say
}

TEST_F(FinishSignIn, KeepsTheClaimsWithoutWhatBelongsToOneExchange) {
  json::object all = claims();
  all["c_hash"] = "x";
  answer_with(key(1).sign(all));
  const auto user = finish();
  ASSERT_TRUE(user.ok()) << user.error().detail;
  const auto opened = CredentialSealer(ring_, random_).open(kGrant, user->credential);
  const auto kept = parse_json(opened->claims_json);
  EXPECT_EQ(find_string(kept->as_object(), "sub"), "user-1");
  for (const char* name : {"nonce", "at_hash", "c_hash"}) {
    EXPECT_FALSE(kept->as_object().contains(name)) << name;
  }
}

TEST_F(FinishSignIn, RefusesAForgedSignature) {
  answer_with(fakes::SigningKey("key-1").sign(claims()));
  EXPECT_EQ(finish().error().code, Code::kUnauthorized);
}

TEST_F(FinishSignIn, RefusesUnsignedAndSymmetricTokens) {
  const std::string payload = to_base64url(to_json(claims()));
  for (const char* algorithm : {"none", "HS256", "RS512", "rs256"}) {
    const std::string header =
        to_base64url(to_json(json::object{{"alg", algorithm}, {"kid", "key-1"}}));
    answer_with(header + '.' + payload + '.');
    EXPECT_EQ(finish().error().code, Code::kUnauthorized) << algorithm;
    answer_with(header + '.' + payload + '.' + to_base64url(std::string(32, 'x')));
    EXPECT_EQ(finish().error().code, Code::kUnauthorized) << algorithm;
  }
}

TEST_F(FinishSignIn, FetchesTheKeysAgainWhenOneIsUnknown) {
  answer_with(key(1).sign(claims()));
  ASSERT_TRUE(finish().ok());
  published_ = 2;
  answer_with(key(2).sign(claims()));
  EXPECT_TRUE(finish().ok());
  EXPECT_EQ(http_.count("/jwks"), 2);
}

TEST_F(FinishSignIn, DoesNotFetchKeysForEveryUnknownOne) {
  answer_with(key(2).sign(claims()));
  for (int i = 0; i < 5; ++i) EXPECT_EQ(finish().error().code, Code::kUnauthorized);
  EXPECT_EQ(http_.count("/jwks"), 2);
  clock_.advance(Seconds{30});
  EXPECT_FALSE(finish().ok());
  EXPECT_EQ(http_.count("/jwks"), 3);
}

TEST_F(FinishSignIn, RefusesATokenForSomebodyElse) {
  for (const auto& [name, value] : {std::pair<const char*, const char*>{"aud", "other"},
                                    {"iss", "https://evil.example"},
                                    {"nonce", "nonce-2"}}) {
    json::object changed = claims();
    changed[name] = value;
    answer_with(key(1).sign(changed));
    EXPECT_EQ(finish().error().code, Code::kUnauthorized) << name;
  }
}

TEST_F(FinishSignIn, RefusesAnAnswerWithoutAnIdToken) {
  token_answer_ =
      fakes::http_answer(200, R"({"access_token":"at-1","token_type":"Bearer","expires_in":60})");
  EXPECT_EQ(finish().error().code, Code::kUnauthorized);
}

TEST_F(FinishSignIn, ChecksTheIssuerOfTheCallbackWhenThereIsOne) {
  answer_with(key(1).sign(claims()));
  EXPECT_TRUE(finish(kIssuer).ok());
  const int before = http_.count("/token");
  EXPECT_EQ(finish("https://evil.example").error().code, Code::kUnauthorized);
  EXPECT_EQ(http_.count("/token"), before);  // the code went nowhere
}

TEST_F(FinishSignIn, TellsARefusedCodeFromTrouble) {
  token_answer_ = fakes::http_answer(400, R"({"error":"invalid_grant"})");
  EXPECT_EQ(finish().error().code, Code::kUnauthorized);
  for (const int status : {401, 403, 429, 500, 503}) {
    token_answer_ = fakes::http_answer(status, R"({"error":"invalid_client"})");
    EXPECT_EQ(finish().error().code, Code::kUnavailable) << status;
  }
  token_answer_ = Error{Code::kTimeout, "m", "d"};
  EXPECT_EQ(finish().error().code, Code::kUnavailable);
  token_answer_ = fakes::http_answer(200, R"({"access_token":)");
  EXPECT_EQ(finish().error().code, Code::kUnavailable);
}

TEST_F(FinishSignIn, NeverPutsTokensIntoErrors) {
  answer_with(fakes::SigningKey("key-1").sign(claims()));
  const auto user = finish();
  ASSERT_FALSE(user.ok());
  const std::string text = user.error().message + user.error().detail;
  for (const char* secret : {"at-1", "rt-1", "eyJ", "code-1", "verifier", "nonce-1"}) {
    EXPECT_EQ(text.find(secret), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace mcph::federation
