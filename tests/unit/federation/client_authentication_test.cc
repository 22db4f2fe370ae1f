#include "federation/client_authentication.h"

#include <gtest/gtest.h>

#include <map>

#include "crypto/hash.h"
#include "crypto/jws.h"
#include "fakes/signing_key.h"
#include "support/fake_clock.h"
#include "support/fake_random.h"

namespace mcph::federation {
namespace {

class ClientAuthentication : public ::testing::Test {
 protected:
  ClientAuthentication() {
    provider_.issuer = "https://idp.example/as";
    provider_.client_id = "client:1";
    provider_.client_secret = Secret(std::string("s%cret~"));
  }
  std::map<std::string, std::string> sent(ClientAuth method) {
    provider_.client_auth = method;
    request_ = {};
    FormFields form{{"grant_type", "refresh_token"}};
    authenticate(provider_, clock_, random_, form, request_);
    return {form.begin(), form.end()};
  }

  test::FakeClock clock_;
  test::FakeRandom random_;
  Provider provider_;
  net::HttpRequest request_;
};

void expect_claims(const json::object& claims, std::int64_t now) {
  EXPECT_EQ(find_string(claims, "iss"), "client:1");
  EXPECT_EQ(find_string(claims, "sub"), "client:1");
  EXPECT_EQ(find_string(claims, "aud"), "https://idp.example/as");
  EXPECT_EQ(find_int(claims, "iat"), now);
  EXPECT_EQ(find_int(claims, "exp"), now + 60);
  EXPECT_EQ(find_string(claims, "jti")->size(), 22u);
}

TEST_F(ClientAuthentication, BasicIsAHeaderAlone) {
  const auto form = sent(ClientAuth::kSecretBasic);
  EXPECT_EQ(form.size(), 1u);
  EXPECT_EQ(request_.authorization.reveal(), "Basic " + to_base64("client%3A1:s%25cret~"));
}

TEST_F(ClientAuthentication, PostIsInTheFormAlone) {
  auto form = sent(ClientAuth::kSecretPost);
  EXPECT_TRUE(request_.authorization.empty());
  EXPECT_EQ(form["client_id"], "client:1");
  EXPECT_EQ(form["client_secret"], "s%cret~");
}

TEST_F(ClientAuthentication, SecretJwtShowsTheSecretToNobody) {
  auto form = sent(ClientAuth::kSecretJwt);
  EXPECT_TRUE(request_.authorization.empty());
  EXPECT_EQ(form.count("client_secret"), 0u);
  const std::string& assertion = form["client_assertion"];
  const std::size_t dot = assertion.rfind('.');
  EXPECT_EQ(assertion.substr(dot + 1),
            to_base64url(crypto::hmac_sha256(provider_.client_secret, assertion.substr(0, dot))));
  expect_claims(*crypto::read_unverified_claims(assertion), to_unix(clock_.now()));
}

TEST_F(ClientAuthentication, PrivateKeyJwtIsSignedWithTheKeyThatItNames) {
  const fakes::SigningKey key("key-1");
  provider_.private_key = crypto::JwsSigningKey::parse(key.pem()).value();
  provider_.private_key_id = "key-1";
  auto form = sent(ClientAuth::kPrivateKeyJwt);
  EXPECT_EQ(form["client_assertion_type"],
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
  const auto keys = crypto::JwkSet::parse("{\"keys\":[" + key.jwk() + "]}");
  const auto token = crypto::verify_jws(form["client_assertion"], *keys, {"RS256"});
  ASSERT_TRUE(token.ok()) << token.error().message;
  expect_claims(token->claims, to_unix(clock_.now()));
  const auto again = sent(ClientAuth::kPrivateKeyJwt);
  EXPECT_NE(again.at("client_assertion"), form["client_assertion"]);  // another jti
}

TEST_F(ClientAuthentication, TakesNoKeyThatIsNone) {
  for (const char* pem :
       {"", "x", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"}) {
    EXPECT_FALSE(crypto::JwsSigningKey::parse(Secret(std::string(pem))).ok()) << pem;
  }
}

}  // namespace
}  // namespace mcph::federation
