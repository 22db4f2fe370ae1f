#include "federation/upstream_tokens.h"

#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "base/encoding.h"
#include "crypto/key_ring.h"
#include "fakes/fake_http_client.h"
#include "fakes/memory_audit_log.h"
#include "fakes/memory_exchange_store.h"
#include "fakes/memory_revocation_store.h"
#include "fakes/memory_upstream_store.h"
#include "federation/limits.h"
#include "federation/relying_party.h"
#include "support/fake_clock.h"
#include "support/fake_random.h"

namespace mcph::federation {
namespace {

const GrantId kGrant("11111111-1111-4111-8111-111111111111");

Provider provider() {
  Provider p;
  p.issuer = "https://idp.example/as";
  p.client_id = "client";
  p.client_secret = Secret(std::string("secret"));
  p.scopes = {"openid"};
  p.redirect_uri = "https://mcp.example/callback";
  return p;
}

crypto::KeyRing make_ring() {
  return std::move(crypto::KeyRing::parse("k1:" + to_base64url(std::string(32, 'a')))).value();
}

net::HttpResponse new_tokens(const std::string& access, const std::string& refresh,
                             int lifetime = 3600) {
  json::object body{{"access_token", access}, {"token_type", "Bearer"}, {"expires_in", lifetime}};
  if (!refresh.empty()) body["refresh_token"] = refresh;
  return fakes::http_answer(200, to_json(body));
}

class UpstreamTokensTest : public ::testing::Test {
 protected:
  // The grant as a sign-in left it.
  void sign_in(Seconds lifetime = Seconds{3600}, const std::string& refresh_token = "rt-1") {
    Credential credential{Secret(std::string("at-1")),
                          Secret(refresh_token),
                          "openid a",
                          R"({"sub":"user-1"})",
                          clock_.now() + lifetime,
                          lifetime,
                          {}};
    store_.insert(kGrant, CredentialSealer(ring_, random_).seal(kGrant, credential));
  }

  void answer_next(Result<net::HttpResponse> answer) { answers_.push_back(std::move(answer)); }

  Result<net::HttpResponse> answer(const net::HttpRequest& request) {
    if (request.method == Method::kGet) {
      return fakes::http_answer(
          200, to_json(json::object{{"issuer", provider().issuer},
                                    {"authorization_endpoint", "https://idp.example/a"},
                                    {"token_endpoint", "https://idp.example/token"},
                                    {"jwks_uri", "https://idp.example/j"}}));
    }
    EXPECT_FALSE(answers_.empty()) << "an unexpected call of the token endpoint";
    if (answers_.empty()) return fakes::http_answer(500, "");
    auto next = std::move(answers_.front());
    answers_.pop_front();
    return next;
  }

  int refreshes() const { return http_.count("/token"); }
  std::string token_of(const Result<plugins::UpstreamTokenPtr>& result) {
    return result.ok() ? std::string((*result)->access_token.reveal()) : result.error().detail;
  }
  Result<Credential> stored() {
    return CredentialSealer(ring_, random_).open(kGrant, store_.load(kGrant).value()->credential);
  }

  test::FakeClock clock_;
  Log log_{clock_, 2, static_cast<LogLevel>(99)};
  test::FakeRandom random_;
  crypto::KeyRing ring_ = make_ring();
  fakes::MemoryUpstreamStore store_{clock_};
  fakes::MemoryExchangeStore exchanges_{clock_};
  fakes::MemoryRevocationStore revocations_{clock_};
  std::deque<Result<net::HttpResponse>> answers_;
  fakes::FakeHttpClient http_{[this](const auto& request) { return answer(request); }};
  std::function<void()> while_waiting_;
  test::MemoryAuditLog audit_;
  RelyingParty party_{provider(),
                      http_,
                      store_,
                      exchanges_,
                      revocations_,
                      ring_,
                      random_,
                      clock_,
                      log_,
                      audit_,
                      [this](Milliseconds time) {
                        clock_.advance_steady(time);
                        if (while_waiting_) while_waiting_();
                      }};
  UpstreamTokens& tokens_ = party_.upstream_tokens();
};

TEST_F(UpstreamTokensTest, FindsNothingWithoutAskingTheStore) {
  sign_in();
  EXPECT_EQ(tokens_.find_cached(kGrant), nullptr);
}

TEST_F(UpstreamTokensTest, LoadsAStoredTokenOnceAndRemembersIt) {
  sign_in();
  const auto token = tokens_.get(kGrant);
  ASSERT_TRUE(token.ok()) << token.error().detail;
  EXPECT_EQ((*token)->access_token.reveal(), "at-1");
  EXPECT_EQ((*token)->claims_json, R"({"sub":"user-1"})");
  EXPECT_EQ((*token)->expires_at, clock_.now() + Seconds{3600});
  EXPECT_EQ((*token)->version, 1);
  store_.fail_next(1);
  EXPECT_EQ(tokens_.find_cached(kGrant), *token);
  EXPECT_EQ(*tokens_.get(kGrant), *token);
  EXPECT_EQ(refreshes(), 0);
}

TEST_F(UpstreamTokensTest, StopsFindingATokenATenthOfItsLifetimeBeforeItsEnd) {
  sign_in(Seconds{3600});
  ASSERT_TRUE(tokens_.get(kGrant).ok());
  clock_.advance(Seconds{3239});
  EXPECT_NE(tokens_.find_cached(kGrant), nullptr);
  clock_.advance(Seconds{1});
  EXPECT_EQ(tokens_.find_cached(kGrant), nullptr);
}

TEST(RefreshMargin, IsAMinuteOrATenthButNeverMoreThanHalf) {
  EXPECT_EQ(refresh_margin(Seconds{3600}), Seconds{360});
  EXPECT_EQ(refresh_margin(Seconds{300}), Seconds{60});
  EXPECT_EQ(refresh_margin(Seconds{60}), Seconds{30});
}

TEST_F(UpstreamTokensTest, RefreshesATokenThatIsDue) {
  sign_in();
  clock_.advance(Seconds{3300});
  answer_next(new_tokens("at-2", "rt-2"));
  const auto token = tokens_.get(kGrant);
  ASSERT_EQ(token_of(token), "at-2");
  EXPECT_EQ((*token)->version, 2);
  EXPECT_EQ((*token)->claims_json, R"({"sub":"user-1"})");
  EXPECT_EQ(stored()->refresh_token.reveal(), "rt-2");
  EXPECT_FALSE(store_.is_leased(kGrant));
  EXPECT_EQ(token_of(tokens_.get(kGrant)), "at-2");
  EXPECT_EQ(refreshes(), 1);
}

TEST_F(UpstreamTokensTest, KeepsTheOldRefreshTokenWhenNoNewOneComes) {
  sign_in();
  clock_.advance(Seconds{3600});
  answer_next(new_tokens("at-2", ""));
  EXPECT_EQ(token_of(tokens_.get(kGrant)), "at-2");
  EXPECT_EQ(stored()->refresh_token.reveal(), "rt-1");
}

TEST_F(UpstreamTokensTest, SaysSignInAgainForAnUnknownGrant) {
  EXPECT_EQ(tokens_.get(kGrant).error().code, Code::kUnauthorized);
}

TEST_F(UpstreamTokensTest, EndsTheGrantWhenPingOneSaysInvalidGrant) {
  sign_in();
  clock_.advance(Seconds{3600});
  answer_next(fakes::http_answer(400, R"({"error":"invalid_grant"})"));
  EXPECT_EQ(tokens_.get(kGrant).error().code, Code::kUnauthorized);
  EXPECT_EQ(store_.dead_reason(kGrant), "upstream_invalid_grant");
  EXPECT_EQ(tokens_.get(kGrant).error().code, Code::kUnauthorized);
  EXPECT_EQ(refreshes(), 1);
}

TEST_F(UpstreamTokensTest, EndsTheGrantWhenATokenWithoutRefreshTokenIsOver) {
  sign_in(Seconds{3600}, "");
  clock_.advance(Seconds{3589});
  EXPECT_EQ(token_of(tokens_.get(kGrant)), "at-1");
  EXPECT_EQ(store_.dead_reason(kGrant), std::nullopt);
  clock_.advance(Seconds{1});
  EXPECT_EQ(tokens_.get(kGrant).error().code, Code::kUnauthorized);
  EXPECT_EQ(store_.dead_reason(kGrant), "upstream_expired");
  EXPECT_EQ(refreshes(), 0);
}

TEST_F(UpstreamTokensTest, RevokesNothingWhenOurOwnCredentialsAreRefused) {
  sign_in();
  clock_.advance(Seconds{3600});
  answer_next(fakes::http_answer(401, R"({"error":"invalid_client"})"));
  EXPECT_EQ(tokens_.get(kGrant).error().code, Code::kUnavailable);
  EXPECT_EQ(store_.dead_reason(kGrant), std::nullopt);
  EXPECT_FALSE(store_.is_leased(kGrant));
  EXPECT_EQ(tokens_.get(kGrant).error().code, Code::kUnavailable);
  EXPECT_EQ(refreshes(), 1);                      // and PingOne is left alone
  clock_.advance(limits::kPauseRefused * 5 / 4);  // with all the jitter there can be
  answer_next(new_tokens("at-2", "rt-2"));
  EXPECT_EQ(token_of(tokens_.get(kGrant)), "at-2");
}

TEST_F(UpstreamTokensTest, HonoursRetryAfter) {
  sign_in();
  clock_.advance(Seconds{3600});
  auto busy = fakes::http_answer(429, "{}");
  busy.headers.add("Retry-After", "20");
  answer_next(busy);
  EXPECT_EQ(tokens_.get(kGrant).error().code, Code::kUnavailable);
  clock_.advance(Seconds{19});
  EXPECT_EQ(tokens_.get(kGrant).error().code, Code::kUnavailable);
  EXPECT_EQ(refreshes(), 1);
  clock_.advance(Seconds{6});  // a quarter of jitter
  answer_next(new_tokens("at-2", "rt-2"));
  EXPECT_EQ(token_of(tokens_.get(kGrant)), "at-2");
}

TEST_F(UpstreamTokensTest, UsesTheOldTokenWhilePingOneIsDownAndItStillLives) {
  sign_in();
  clock_.advance(Seconds{3300});
  answer_next(fakes::http_answer(503, ""));
  const auto token = tokens_.get(kGrant);
  EXPECT_EQ(token_of(token), "at-1");
  EXPECT_EQ(tokens_.find_cached(kGrant), nullptr);  // still due
  clock_.advance(Seconds{290});
  answer_next(fakes::http_answer(503, ""));
  EXPECT_EQ(tokens_.get(kGrant).error().code, Code::kUnavailable);
}

TEST_F(UpstreamTokensTest, AsksOnceMoreWithTheSameTokenWhenTheAnswerIsLost) {
  for (const auto& lost : {Result<net::HttpResponse>(Error{Code::kTimeout, "m", "d"}),
                           Result<net::HttpResponse>(Error{Code::kUnavailable, "m", "d"}),
                           Result<net::HttpResponse>(fakes::http_answer(200, R"({"access_tok)"))}) {
    sign_in();
    tokens_.forget_all();
    clock_.advance(Seconds{3600});
    const int before = refreshes();
    answer_next(lost);
    answer_next(new_tokens("at-2", "rt-2"));
    EXPECT_EQ(token_of(tokens_.get(kGrant)), "at-2");
    EXPECT_EQ(refreshes(), before + 2);
    const auto requests = http_.requests();
    EXPECT_EQ(requests[requests.size() - 1].body, requests[requests.size() - 2].body);
  }
}

TEST_F(UpstreamTokensTest, KeepsTheGrantWhenBothAnswersAreLost) {
  sign_in();
  clock_.advance(Seconds{3600});
  answer_next(Error{Code::kTimeout, "m", "d"});
  answer_next(Error{Code::kTimeout, "m", "d"});
  EXPECT_EQ(tokens_.get(kGrant).error().code, Code::kUnavailable);
  EXPECT_EQ(store_.dead_reason(kGrant), std::nullopt);
  EXPECT_FALSE(store_.is_leased(kGrant));
}

TEST_F(UpstreamTokensTest, TriesAgainToStoreNewTokens) {
  for (const int failures : {1, 3, 4}) {
    sign_in();
    tokens_.forget_all();
    clock_.advance(Seconds{3600});
    fakes::FakeHttpClient http([&](const auto& request) {
      // The database goes away while PingOne is asked.
      if (request.method == Method::kPost) store_.fail_next(failures);
      return answer(request);
    });
    answer_next(new_tokens("at-2", "rt-2"));
    RelyingParty host(provider(), http, store_, exchanges_, revocations_, ring_, random_, clock_,
                      log_, audit_, [this](Milliseconds time) { clock_.advance_steady(time); });
    const auto token = host.upstream_tokens().get(kGrant);
    if (failures < limits::kSaveAttempts) {
      EXPECT_EQ(token_of(token), "at-2");
    } else {
      EXPECT_EQ(token.error().code, Code::kUnavailable);
    }
  }
}

TEST_F(UpstreamTokensTest, WaitsForTheHostThatHoldsTheLease) {
  sign_in();
  clock_.advance(Seconds{3600});
  const auto epoch = store_.try_lease(kGrant, 1, Milliseconds{10'000}).value();
  ASSERT_TRUE(epoch.has_value());
  int looks = 0;
  while_waiting_ = [&] {
    if (++looks != 3) return;
    Credential fresh = *stored();
    fresh.access_token = Secret(std::string("at-other-host"));
    fresh.expires_at = clock_.now() + Seconds{3600};
    (void)store_.save(kGrant, *epoch, CredentialSealer(ring_, random_).seal(kGrant, fresh));
  };
  const auto token = tokens_.get(kGrant);
  EXPECT_EQ(token_of(token), "at-other-host");
  EXPECT_EQ((*token)->version, 2);
  EXPECT_EQ(refreshes(), 0);
}

TEST_F(UpstreamTokensTest, TakesOverWhenTheHolderOfTheLeaseDies) {
  sign_in();
  clock_.advance(Seconds{3600});
  ASSERT_TRUE(store_.try_lease(kGrant, 1, Milliseconds{2'000}).value().has_value());
  answer_next(new_tokens("at-2", "rt-2"));
  EXPECT_EQ(token_of(tokens_.get(kGrant)), "at-2");
}

TEST_F(UpstreamTokensTest, GivesUpWaitingAfterAWhile) {
  sign_in();
  clock_.advance(Seconds{3600});
  ASSERT_TRUE(store_.try_lease(kGrant, 1, Milliseconds{60'000}).value().has_value());
  const SteadyTime before = clock_.steady();
  EXPECT_EQ(tokens_.get(kGrant).error().code, Code::kUnavailable);
  EXPECT_LE(clock_.steady() - before, limits::kRefreshWait + limits::kPollMax);
}

TEST_F(UpstreamTokensTest, DoesNotWaitWhileTheOldTokenStillLives) {
  sign_in();
  clock_.advance(Seconds{3300});
  ASSERT_TRUE(store_.try_lease(kGrant, 1, Milliseconds{60'000}).value().has_value());
  const SteadyTime before = clock_.steady();
  EXPECT_EQ(token_of(tokens_.get(kGrant)), "at-1");
  EXPECT_EQ(clock_.steady(), before);
}

TEST_F(UpstreamTokensTest, DropsItsResultWhenItLostTheLease) {
  sign_in();
  clock_.advance(Seconds{3600});
  // The first attempt takes so long that another host takes over and finishes.
  answer_next(Error{Code::kTimeout, "m", "d"});
  answer_next(new_tokens("at-late", "rt-late"));
  fakes::FakeHttpClient slow([this](const auto& request) {
    if (request.method == Method::kPost && answers_.size() == 2) {
      clock_.advance_steady(Seconds{11});
      const auto epoch = store_.try_lease(kGrant, 1, Milliseconds{10'000}).value();
      Credential fresh = *stored();
      fresh.access_token = Secret(std::string("at-winner"));
      fresh.expires_at = clock_.now() + Seconds{3600};
      (void)store_.save(kGrant, *epoch, CredentialSealer(ring_, random_).seal(kGrant, fresh));
    }
    return answer(request);
  });
  RelyingParty host(provider(), slow, store_, exchanges_, revocations_, ring_, random_, clock_,
                    log_, audit_, [this](Milliseconds time) { clock_.advance_steady(time); });
  EXPECT_EQ(token_of(host.upstream_tokens().get(kGrant)), "at-winner");
}

TEST_F(UpstreamTokensTest, GetNewerReturnsWhatAnotherHostRefreshed) {
  sign_in();
  ASSERT_TRUE(tokens_.get(kGrant).ok());
  const auto epoch = store_.try_lease(kGrant, 1, Milliseconds{10'000}).value();
  Credential fresh = *stored();
  fresh.access_token = Secret(std::string("at-2"));
  ASSERT_TRUE(
      store_.save(kGrant, *epoch, CredentialSealer(ring_, random_).seal(kGrant, fresh)).ok());
  EXPECT_EQ(token_of(tokens_.get_newer(kGrant, 1)), "at-2");
  EXPECT_EQ(token_of(tokens_.get(kGrant)), "at-2");
  EXPECT_EQ(refreshes(), 0);
}

TEST_F(UpstreamTokensTest, GetNewerRefreshesATokenThatTheApiRefused) {
  sign_in();
  answer_next(new_tokens("at-2", "rt-2"));
  EXPECT_EQ(token_of(tokens_.get_newer(kGrant, 1)), "at-2");
  EXPECT_EQ(token_of(tokens_.get_newer(kGrant, 1)), "at-2");
  EXPECT_EQ(refreshes(), 1);
}

TEST_F(UpstreamTokensTest, GetNewerDoesNotRefreshOnAndOn) {
  sign_in();
  answer_next(new_tokens("at-2", "rt-2"));
  ASSERT_TRUE(tokens_.get_newer(kGrant, 1).ok());
  EXPECT_EQ(tokens_.get_newer(kGrant, 2).error().code, Code::kUnavailable);
  EXPECT_EQ(refreshes(), 1);
  clock_.advance(limits::kForcedRefreshPause);
  answer_next(new_tokens("at-3", "rt-3"));
  EXPECT_EQ(token_of(tokens_.get_newer(kGrant, 2)), "at-3");
}

TEST_F(UpstreamTokensTest, GetNewerNeverFallsBackToTheRefusedToken) {
  sign_in();
  answer_next(fakes::http_answer(503, ""));
  EXPECT_EQ(tokens_.get_newer(kGrant, 1).error().code, Code::kUnavailable);
}

TEST_F(UpstreamTokensTest, ForgetsARevokedGrant) {
  sign_in();
  ASSERT_TRUE(tokens_.get(kGrant).ok());
  tokens_.forget(kGrant);
  EXPECT_EQ(tokens_.find_cached(kGrant), nullptr);
  ASSERT_TRUE(tokens_.get(kGrant).ok());
  tokens_.forget_all();
  EXPECT_EQ(tokens_.find_cached(kGrant), nullptr);
}

TEST_F(UpstreamTokensTest, SaysUnavailableWhenTheDatabaseIsGone) {
  sign_in();
  store_.fail_next(1);
  EXPECT_EQ(tokens_.get(kGrant).error().code, Code::kUnavailable);
  clock_.advance(Seconds{3600});
  store_.fail_next(1);
  EXPECT_EQ(tokens_.get(kGrant).error().code, Code::kUnavailable);
}

TEST_F(UpstreamTokensTest, RevokesNothingWhenAKeyIsMissingFromTheRing) {
  sign_in();
  const auto other =
      std::move(crypto::KeyRing::parse("k9:" + to_base64url(std::string(32, 'z')))).value();
  RelyingParty host(provider(), http_, store_, exchanges_, revocations_, other, random_, clock_,
                    log_, audit_, [](Milliseconds) {});
  EXPECT_EQ(host.upstream_tokens().get(kGrant).error().code, Code::kUnavailable);
  EXPECT_EQ(store_.dead_reason(kGrant), std::nullopt);
}

TEST_F(UpstreamTokensTest, NeverPutsTokensIntoErrors) {
  sign_in();
  clock_.advance(Seconds{3600});
  answer_next(fakes::http_answer(400, R"({"error":"invalid_scope","error_description":"rt-1"})"));
  const auto token = tokens_.get(kGrant);
  ASSERT_FALSE(token.ok());
  const std::string text = token.error().message + token.error().detail;
  for (const char* secret : {"rt-1", "at-1", "secret"}) {
    EXPECT_EQ(text.find(secret), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace mcph::federation
