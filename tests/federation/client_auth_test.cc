// Every way in which a PingOne application may ask us to prove who we are, and pushed requests.
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

#include "fakes/signing_key.h"
#include "federation/standin_fixture.h"

namespace mcph::federation {
namespace {

class ClientAuthAtStandin : public StandinFixture {
 protected:
  // A stand-in of its own: an application has one method.
  void expect_works(Provider provider, const std::vector<std::string>& flags) {
    Standin own(*http_, flags);
    provider.issuer = own.issuer();
    const auto host = make_host(provider);
    const auto redirect = host->begin("state-1", {});
    ASSERT_TRUE(redirect.ok()) << redirect.error().detail;
    const auto callback = own.follow(redirect->url);
    const auto user =
        host->finish({callback.code, {}}, redirect->nonce, redirect->code_verifier, grant_);
    ASSERT_TRUE(user.ok()) << user.error().detail;
    store_.insert(grant_, user->credential);
    let_the_token_run_out();
    const auto refreshed = host->upstream_tokens().get(grant_);
    EXPECT_TRUE(refreshed.ok()) << refreshed.error().detail;
    EXPECT_EQ(own.count("par"), provider.pushed_requests ? 1 : 0);
  }
};

TEST_F(ClientAuthAtStandin, Basic) {
  expect_works(standin_->provider(), {});
}

TEST_F(ClientAuthAtStandin, Post) {
  Provider provider = standin_->provider();
  provider.client_auth = ClientAuth::kSecretPost;
  expect_works(provider, {"--client-auth", "client_secret_post"});
}

TEST_F(ClientAuthAtStandin, SecretJwt) {
  Provider provider = standin_->provider();
  provider.client_auth = ClientAuth::kSecretJwt;
  expect_works(provider, {"--client-auth", "client_secret_jwt"});
}

TEST_F(ClientAuthAtStandin, PrivateKeyJwt) {
  const fakes::SigningKey key("our-key");
  const std::string file = ::testing::TempDir() + "client_jwks.json";
  std::ofstream(file) << "{\"keys\":[" << key.jwk() << "]}";
  Provider provider = standin_->provider();
  provider.client_auth = ClientAuth::kPrivateKeyJwt;
  provider.client_secret = {};
  provider.private_key = crypto::JwsSigningKey::parse(key.pem()).value();
  provider.private_key_id = "our-key";
  for (const bool pushed : {false, true}) {
    provider.pushed_requests = pushed;
    clock_.advance(-clock_.ahead());
    expect_works(provider, {"--client-auth", "private_key_jwt", "--client-jwks", file});
  }
  std::remove(file.c_str());
}

TEST_F(ClientAuthAtStandin, TheWrongMethodOrSecretIsRefused) {
  Provider wrong = standin_->provider();
  wrong.client_secret = Secret(std::string("another"));
  host_ = make_host(wrong);
  EXPECT_EQ(sign_in(*host_).error().code, Code::kUnavailable);
  wrong.pushed_requests = true;
  host_ = make_host(wrong);
  EXPECT_EQ(host_->begin("state-1", {}).error().code, Code::kUnavailable);
}

TEST_F(ClientAuthAtStandin, PushedRequestsShowTheBrowserNothing) {
  Provider provider = standin_->provider();
  provider.pushed_requests = true;
  host_ = make_host(provider);
  const auto redirect = host_->begin("state-1", {{"mcp_client_name", "Claude"}});
  ASSERT_TRUE(redirect.ok()) << redirect.error().detail;
  EXPECT_EQ(redirect->url.find("state-1"), std::string::npos);
  EXPECT_EQ(redirect->url.find("Claude"), std::string::npos);
  EXPECT_NE(redirect->url.find("request_uri=urn"), std::string::npos);
  const auto callback = standin_->follow(redirect->url);
  EXPECT_TRUE(
      host_->finish({callback.code, {}}, redirect->nonce, redirect->code_verifier, grant_).ok());
}

TEST_F(ClientAuthAtStandin, RequestsArePushedWhereDiscoveryRequiresIt) {
  standin_->control("config", json::object{{"requirePar", true}});
  ASSERT_FALSE(standin_->provider().pushed_requests);
  const auto user = sign_in(*host_);
  ASSERT_TRUE(user.ok()) << user.error().detail;
  EXPECT_EQ(standin_->count("par"), 1);
  // And it means it: the same request in the open is refused.
  net::HttpRequest open;
  open.url = standin_->issuer() + "/authorize?client_id=" + standin_->provider().client_id;
  open.tag = "browser";
  EXPECT_EQ(http_->send(std::move(open))->status, 400);
}

TEST_F(ClientAuthAtStandin, APushThatFailsEndsTheSignInBeforeItBegins) {
  Provider provider = standin_->provider();
  provider.pushed_requests = true;
  for (const json::object& fault :
       {json::object{{"status", 500}}, json::object{{"status", 429}},
        json::object{{"hangup", true}}, json::object{{"status", 201}, {"body", "{"}},
        json::object{{"status", 201}, {"body", json::object{{"request_uri", ""}}}},
        json::object{{"status", 400}, {"body", json::object{{"error", "invalid_scope"}}}}}) {
    host_ = make_host(provider);
    standin_->fault("par", fault);
    EXPECT_EQ(host_->begin("state-1", {}).error().code, Code::kUnavailable) << to_json(fault);
  }
}

}  // namespace
}  // namespace mcph::federation
