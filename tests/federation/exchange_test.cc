#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "crypto/jws.h"
#include "federation/standin_fixture.h"

namespace mcph::federation {
namespace {

const plugins::UpstreamApi kOther{"https://other.api.example", "other:read"};

class ExchangeAtStandin : public StandinFixture {
 protected:
  void SetUp() override {
    StandinFixture::SetUp();
    user_ = signed_in();
  }
  plugins::UpstreamTokenSource& other() { return host_->upstream_tokens().for_api(kOther); }
  int exchanges() {
    return standin_->count("token", "urn:ietf:params:oauth:grant-type:token-exchange");
  }

  oauth::UpstreamUser user_;
};

json::object claims_of(const plugins::UpstreamToken& token) {
  return crypto::read_unverified_claims(token.access_token.reveal()).value();
}

TEST_F(ExchangeAtStandin, GivesEachApiItsOwnToken) {
  const auto mine = host_->upstream_tokens().get(grant_);
  const auto others = other().get(grant_);
  ASSERT_TRUE(others.ok()) << others.error().detail;
  EXPECT_EQ(to_json(*find(claims_of(**mine), "aud")), R"(["https://todo.api.example"])");
  EXPECT_EQ(to_json(*find(claims_of(**others), "aud")), R"(["https://other.api.example"])");
  EXPECT_EQ(find_string(claims_of(**others), "scope"), "other:read");
  EXPECT_EQ(find_string(claims_of(**others), "sub"), user_.subject);
  EXPECT_EQ((*others)->claims_json, (*mine)->claims_json);
}

TEST_F(ExchangeAtStandin, IsTheSignInForItsOwnApi) {
  EXPECT_EQ(&host_->upstream_tokens().for_api({}), &host_->upstream_tokens());
  EXPECT_EQ(&host_->upstream_tokens().for_api(kOther), &other());
}

TEST_F(ExchangeAtStandin, HappensOnceForThirtyTwoThreadsOnTwoHosts) {
  const auto second_host = make_host(standin_->provider());
  standin_->control("config", json::object{{"latency", json::object{{"token", 200}}}});
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 32; ++i) {
    threads.emplace_back([&, i] {
      RelyingParty& host = i % 2 == 0 ? *host_ : *second_host;
      if (host.upstream_tokens().for_api(kOther).get(grant_).ok()) ++good;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 32);
  EXPECT_EQ(exchanges(), 1);
}

TEST_F(ExchangeAtStandin, IsRepeatedWhenTheTokenRunsOutOrTheApiRefusesIt) {
  const auto first = other().get(grant_);
  const auto newer = other().get_newer(grant_, (*first)->version);
  ASSERT_TRUE(newer.ok()) << newer.error().detail;
  EXPECT_GT((*newer)->version, (*first)->version);
  EXPECT_EQ(exchanges(), 2);
  let_the_token_run_out();
  EXPECT_TRUE(other().get(grant_).ok());
  EXPECT_EQ(exchanges(), 3);
  EXPECT_EQ(standin_->count("token", "refresh_token"), 1);  // of the token it is made from
}

TEST_F(ExchangeAtStandin, LeavesTheSignInAloneWhenItIsRefused) {
  for (const json::object& fault :
       {json::object{{"status", 400}, {"body", json::object{{"error", "invalid_scope"}}}},
        json::object{{"status", 500}}, json::object{{"status", 429}},
        json::object{{"status", 200}, {"body", "{"}}}) {
    host_ = make_host(standin_->provider());
    standin_->fault("token", fault, 1);
    EXPECT_EQ(other().get(grant_).error().code, Code::kUnavailable) << to_json(fault);
    EXPECT_TRUE(host_->upstream_tokens().get(grant_).ok());
  }
  host_ = make_host(standin_->provider());
  EXPECT_TRUE(other().get(grant_).ok());
}

TEST_F(ExchangeAtStandin, EndsTheGrantWhenTheSessionIsOver) {
  const auto claims = parse_json(user_.claims_json);
  const std::string sid(find_string(claims->as_object(), "sid").value_or(""));
  ASSERT_FALSE(sid.empty());
  standin_->control("kill-session", json::object{{"sid", sid}});
  EXPECT_EQ(other().get(grant_).error().code, Code::kUnauthorized);
  EXPECT_EQ(host_->upstream_tokens().get(grant_).error().code, Code::kUnauthorized);
}

TEST_F(ExchangeAtStandin, IsOverWithTheGrant) {
  ASSERT_TRUE(other().get(grant_).ok());
  store_.remove(grant_);
  host_->upstream_tokens().forget(grant_);
  EXPECT_EQ(other().get(grant_).error().code, Code::kUnauthorized);
}

}  // namespace
}  // namespace mcph::federation
