#include "federation/begin_signin.h"

#include <gtest/gtest.h>

#include <map>

#include "base/encoding.h"
#include "crypto/hash.h"
#include "support/fake_random.h"

namespace mcph::federation {
namespace {

struct Begun {
  std::string url;
  Secret nonce, code_verifier;
};

Begun begin_signin(const Provider& provider, const Metadata& metadata, const std::string& state,
                   Random& random, const FormFields& extra = {}) {
  SignInRequest request = make_signin_request(provider, state, extra, random);
  return {make_signin_url(metadata, request.parameters), std::move(request.nonce),
          std::move(request.code_verifier)};
}

Provider provider() {
  Provider p;
  p.client_id = "client";
  p.scopes = {"openid", "todo_api:read"};
  p.redirect_uri = "https://mcp.example/callback";
  return p;
}

Metadata at(std::string authorization_endpoint) {
  Metadata metadata;
  metadata.authorization_endpoint = std::move(authorization_endpoint);
  return metadata;
}

std::map<std::string, std::string> query_of(const std::string& url) {
  const auto fields = parse_form(url.substr(url.find('?') + 1));
  return {fields->begin(), fields->end()};
}

TEST(BeginSignIn, AsksForACodeWithPkceAndNonce) {
  test::FakeRandom random;
  const Metadata metadata = at("https://idp.example/authorize");
  const auto redirect = begin_signin(provider(), metadata, "st&te", random);
  EXPECT_TRUE(redirect.url.starts_with("https://idp.example/authorize?response_type=code&"));
  auto query = query_of(redirect.url);
  EXPECT_EQ(query["client_id"], "client");
  EXPECT_EQ(query["redirect_uri"], "https://mcp.example/callback");
  EXPECT_EQ(query["scope"], "openid todo_api:read");
  EXPECT_EQ(query["state"], "st&te");
  EXPECT_EQ(query["nonce"], redirect.nonce.reveal());
  EXPECT_EQ(query["code_challenge_method"], "S256");
  EXPECT_EQ(query["code_challenge"], to_base64url(crypto::sha256(redirect.code_verifier.reveal())));
  EXPECT_EQ(redirect.code_verifier.size(), 43u);
  EXPECT_EQ(query.count("resource"), 0u);
  EXPECT_EQ(query.count("acr_values"), 0u);
  EXPECT_EQ(redirect.url.find(redirect.code_verifier.reveal()), std::string::npos);
}

TEST(BeginSignIn, SendsPolicyAndResourceWhenConfigured) {
  test::FakeRandom random;
  Provider p = provider();
  p.davinci_policy = "policy-1";
  p.resource = "https://todo.example";
  const Metadata metadata = at("https://idp.example/authorize?tenant=1");
  const auto redirect = begin_signin(p, metadata, "s", random);
  auto query = query_of(redirect.url);
  EXPECT_EQ(query["tenant"], "1");
  EXPECT_EQ(query["acr_values"], "policy-1");
  EXPECT_EQ(query["resource"], "https://todo.example");
}

TEST(BeginSignIn, SendsSignOnPoliciesInTheirOrder) {
  test::FakeRandom random;
  Provider p = provider();
  p.sign_on_policies = {"Multi_Factor", "Single_Factor"};
  const auto redirect = begin_signin(p, at("https://idp.example/authorize"), "s", random);
  EXPECT_EQ(query_of(redirect.url)["acr_values"], "Multi_Factor Single_Factor");
}

TEST(BeginSignIn, LetsNoFurtherParameterReplaceOneThatHasAMeaning) {
  test::FakeRandom random;
  Provider p = provider();
  p.authorize_parameters = {{"brand", "blue"}, {"mcp_client_name", "configured"}};
  const auto redirect = begin_signin(p, at("https://idp.example/authorize"), "s", random,
                                     {{"mcp_client_name", "Claude & co"},
                                      {"state", "evil"},
                                      {"prompt", "none"},
                                      {"request_uri", "urn:evil"},
                                      {"login_hint", "victim"},
                                      {"a b", "x"},
                                      {"", "x"},
                                      {"mcp_scope", std::string(2000, 's')}});
  const auto fields = *parse_form(redirect.url.substr(redirect.url.find('?') + 1));
  std::map<std::string, int> times;
  for (const auto& field : fields) ++times[field.first];
  for (const auto& [name, count] : times) EXPECT_EQ(count, 1) << name;
  auto query = query_of(redirect.url);
  EXPECT_EQ(query["mcp_client_name"], "Claude & co");
  EXPECT_EQ(query["brand"], "blue");
  EXPECT_EQ(query["state"], "s");
  EXPECT_EQ(query["mcp_scope"].size(), 512u);
  for (const char* name : {"prompt", "request_uri", "login_hint", "a b", ""}) {
    EXPECT_EQ(query.count(name), 0u) << name;
  }
}

TEST(BeginSignIn, NeverUsesASecretTwice) {
  test::FakeRandom random;
  const Metadata metadata = at("https://idp.example/authorize");
  const auto one = begin_signin(provider(), metadata, "s", random);
  const auto two = begin_signin(provider(), metadata, "s", random);
  EXPECT_NE(one.nonce.reveal(), two.nonce.reveal());
  EXPECT_NE(one.code_verifier.reveal(), two.code_verifier.reveal());
  EXPECT_NE(one.nonce.reveal(), one.code_verifier.reveal());
}

}  // namespace
}  // namespace mcph::federation
