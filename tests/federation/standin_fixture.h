// A relying party as the host builds it, on the real network client, with a clock that can be set
// forward. One stand-in serves all tests of the binary.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>

#include "base/encoding.h"
#include "base/random.h"
#include "crypto/key_ring.h"
#include "fakes/memory_audit_log.h"
#include "fakes/memory_exchange_store.h"
#include "fakes/memory_revocation_store.h"
#include "fakes/memory_upstream_store.h"
#include "federation/relying_party.h"
#include "federation/standin.h"
#include "net/curl_client.h"

namespace mcph::federation {

// The real clock, some time later.
class LaterClock final : public Clock {
 public:
  UnixTime now() const override { return real_.now() + Seconds{later_s_.load()}; }
  SteadyTime steady() const override { return real_.steady() + Seconds{later_s_.load()}; }
  void advance(Seconds by) { later_s_ += by.count(); }
  Seconds ahead() const { return Seconds{later_s_.load()}; }

 private:
  SystemClock real_;
  std::atomic<std::int64_t> later_s_{0};
};

class StandinFixture : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    real_clock_ = std::make_unique<SystemClock>();
    log_ = std::make_unique<Log>(*real_clock_, 2, LogLevel::kError);
    http_ = std::make_unique<net::CurlClient>(net::CurlOptions{}, *log_);
    standin_ = std::make_unique<Standin>(*http_);
  }
  static void TearDownTestSuite() {
    standin_.reset();
    http_.reset();
    log_.reset();
    real_clock_.reset();
  }
  void SetUp() override {
    standin_->reset();
    host_ = make_host(standin_->provider());
  }

  // Another process of the host would have its own caches and the same store and keys.
  std::unique_ptr<RelyingParty> make_host(Provider provider) {
    return std::make_unique<RelyingParty>(std::move(provider), *http_, store_, exchanges_,
                                          revocations_, ring_, random_, clock_, quiet_, audit_);
  }

  Result<oauth::UpstreamUser> sign_in(RelyingParty& host) {
    const auto redirect = host.begin("state-1", {});
    if (!redirect.ok()) return redirect.error();
    const auto callback = standin_->follow(redirect->url);
    EXPECT_EQ(callback.state, "state-1");
    return host.finish({callback.code, {}}, redirect->nonce, redirect->code_verifier, grant_);
  }
  // Signs in and keeps the credential as store/ would.
  oauth::UpstreamUser signed_in() {
    auto user = sign_in(*host_);
    EXPECT_TRUE(user.ok()) << (user.ok() ? "" : user.error().detail);
    if (!user.ok()) return {};
    store_.insert(grant_, user->credential);
    return std::move(user).value();
  }
  void let_the_token_run_out() { clock_.advance(Seconds{3600}); }

  static inline std::unique_ptr<SystemClock> real_clock_;
  static inline std::unique_ptr<Log> log_;
  static inline std::unique_ptr<net::CurlClient> http_;
  static inline std::unique_ptr<Standin> standin_;

  const GrantId grant_{"11111111-1111-4111-8111-111111111111"};
  LaterClock clock_;
  Log quiet_{clock_, 2, static_cast<LogLevel>(99)};
  SystemRandom random_;
  crypto::KeyRing ring_ =
      std::move(crypto::KeyRing::parse("k1:" + to_base64url(std::string(32, 'a')))).value();
  test::MemoryAuditLog audit_;
  fakes::MemoryUpstreamStore store_{clock_};
  fakes::MemoryExchangeStore exchanges_{clock_};
  fakes::MemoryRevocationStore revocations_{clock_};
  std::unique_ptr<RelyingParty> host_;
};

}  // namespace mcph::federation
