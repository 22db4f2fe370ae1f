#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "federation/limits.h"
#include "federation/standin_fixture.h"
#include "observability/audit_types.h"

namespace mcph::federation {
namespace {

class RefreshAtStandin : public StandinFixture {
 protected:
  void SetUp() override {
    StandinFixture::SetUp();
    user_ = signed_in();
    first_ = access_token();
    let_the_token_run_out();
  }
  std::string access_token() {
    const auto token = host_->upstream_tokens().get(grant_);
    return token.ok() ? std::string((*token)->access_token.reveal()) : token.error().detail;
  }
  Code code_of_failed_get() {
    const auto token = host_->upstream_tokens().get(grant_);
    EXPECT_FALSE(token.ok()) << "there was a token";
    return token.ok() ? Code::kInternal : token.error().code;
  }
  int refreshes() { return standin_->count("token", "refresh_token"); }

  oauth::UpstreamUser user_;
  std::string first_;
};

TEST_F(RefreshAtStandin, GivesANewTokenAgainAndAgain) {
  std::set<std::string> seen{first_};
  for (int i = 1; i <= 3; ++i) {
    const std::string token = access_token();
    EXPECT_TRUE(seen.insert(token).second) << token;
    EXPECT_EQ(access_token(), token);
    EXPECT_EQ(refreshes(), i);
    let_the_token_run_out();
  }
  EXPECT_EQ(audit_.count(audit_types::kUpstreamRefreshed), 3u);
  EXPECT_EQ(audit_.events().front().grant, grant_);
}

TEST_F(RefreshAtStandin, HappensOnceForThirtyTwoThreadsOnTwoHosts) {
  const auto second_host = make_host(standin_->provider());
  standin_->control("config", json::object{{"latency", json::object{{"token", 200}}}});
  constexpr int kThreads = 32;
  std::atomic<int> ready{0};
  std::vector<std::string> tokens(kThreads);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      RelyingParty& host = i % 2 == 0 ? *host_ : *second_host;
      ++ready;
      while (ready < kThreads) std::this_thread::yield();
      const auto token = host.upstream_tokens().get(grant_);
      tokens[static_cast<std::size_t>(i)] =
          token.ok() ? std::string((*token)->access_token.reveal()) : token.error().detail;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(refreshes(), 1);
  EXPECT_EQ(std::set<std::string>(tokens.begin(), tokens.end()).size(), 1u);
  EXPECT_NE(tokens[0], first_);
  EXPECT_EQ(tokens[0].substr(0, 3), "eyJ");  // a token, not an error
  EXPECT_EQ(store_.dead_reason(grant_), std::nullopt);
  // The rotated refresh token was stored: the next round works too.
  let_the_token_run_out();
  EXPECT_NE(access_token(), tokens[0]);
  EXPECT_EQ(refreshes(), 2);
}

TEST_F(RefreshAtStandin, ForcedByManyRefusedCallsHappensOnce) {
  const auto fresh = host_->upstream_tokens().get(grant_);
  ASSERT_TRUE(fresh.ok());
  clock_.advance(limits::kForcedRefreshPause);
  std::atomic<int> newer{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      const auto token = host_->upstream_tokens().get_newer(grant_, (*fresh)->version);
      newer += token.ok() && (*token)->version == (*fresh)->version + 1 ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(newer.load(), 16);
  EXPECT_EQ(refreshes(), 2);
}

TEST_F(RefreshAtStandin, EndsTheGrantWhenTheSessionIsGone) {
  const auto opened = CredentialSealer(ring_, random_).open(grant_, user_.credential);
  const auto claims = parse_json(opened->claims_json);
  const std::string sid(find_string(claims->as_object(), "sid").value_or(""));
  ASSERT_FALSE(sid.empty());
  standin_->control("kill-session", json::object{{"sid", sid}});
  EXPECT_EQ(code_of_failed_get(), Code::kUnauthorized);
  EXPECT_EQ(store_.dead_reason(grant_), "upstream_invalid_grant");
  EXPECT_EQ(code_of_failed_get(), Code::kUnauthorized);
  EXPECT_EQ(refreshes(), 1);
  ASSERT_EQ(audit_.count(audit_types::kUpstreamEnded), 1u);
  EXPECT_EQ(audit_.events().back().grant, grant_);
  EXPECT_EQ(audit_.events().back().details.front().value, "upstream_invalid_grant");
}

TEST_F(RefreshAtStandin, KeepsTheGrantThroughTrouble) {
  const json::object faults[] = {
      {{"status", 500}},
      {{"status", 503}},
      {{"status", 429}, {"headers", json::object{{"retry-after", "1"}}}},
      {{"status", 401}, {"body", json::object{{"error", "invalid_client"}}}},
      {{"status", 400}, {"body", json::object{{"error", "invalid_scope"}}}}};
  for (const json::object& fault : faults) {
    standin_->fault("token", fault);
    EXPECT_EQ(code_of_failed_get(), Code::kUnavailable) << to_json(fault);
    EXPECT_EQ(store_.dead_reason(grant_), std::nullopt);
    EXPECT_FALSE(store_.is_leased(grant_));
    clock_.advance(limits::kPauseMax);
  }
  EXPECT_NE(access_token(), first_);
}

TEST_F(RefreshAtStandin, IsRepeatedOnceWhenTheConnectionBreaks) {
  standin_->reset();
  standin_->fault("token", {{"hangup", true}});
  EXPECT_EQ(access_token().substr(0, 3), "eyJ");
  EXPECT_EQ(standin_->count("token"), 2);
  let_the_token_run_out();
  standin_->fault("token", {{"hangup", true}}, 2);
  EXPECT_EQ(code_of_failed_get(), Code::kUnavailable);
  EXPECT_EQ(standin_->count("token"), 4);
  EXPECT_EQ(access_token().substr(0, 3), "eyJ");
}

TEST_F(RefreshAtStandin, IsRepeatedOnceWhenTheAnswerComesTooLate) {
  // Within its grace period the provider takes the old refresh token twice.
  standin_->control("config", json::object{{"refreshGrace", 60}});
  standin_->fault("token", {{"delay", 4'800}});
  EXPECT_EQ(access_token().substr(0, 3), "eyJ");
  EXPECT_EQ(store_.dead_reason(grant_), std::nullopt);
}

TEST_F(RefreshAtStandin, KeepsTheRefreshTokenWhenItIsNotRotated) {
  standin_->control("config", json::object{{"rotateRefresh", false}});
  standin_->fault("token", {{"drop", json::array{"refresh_token"}}});
  EXPECT_EQ(access_token().substr(0, 3), "eyJ");
  let_the_token_run_out();
  EXPECT_EQ(access_token().substr(0, 3), "eyJ");
  EXPECT_EQ(refreshes(), 2);
}

}  // namespace
}  // namespace mcph::federation
