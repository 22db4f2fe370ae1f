#include <gtest/gtest.h>

#include "federation/limits.h"
#include "federation/standin_fixture.h"
#include "observability/audit_types.h"

namespace mcph::federation {
namespace {

class RevocationAtStandin : public StandinFixture {
 protected:
  void SetUp() override {
    StandinFixture::SetUp();
    user_ = signed_in();
    revocations_.add(grant_, user_.credential);
  }
  // One round on each of two hosts.
  int run() {
    const auto second_host = make_host(standin_->provider());
    return host_->revocation_outbox().run() + second_host->revocation_outbox().run();
  }

  oauth::UpstreamUser user_;
};

TEST_F(RevocationAtStandin, EndsBothTokensThere) {
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(standin_->count("revoke"), 2);  // the refresh token, then the access token
  EXPECT_TRUE(revocations_.rows.empty());
  ASSERT_EQ(audit_.count(audit_types::kUpstreamRevoked), 1u);
  EXPECT_EQ(audit_.events().back().outcome, AuditOutcome::kDone);
  let_the_token_run_out();
  EXPECT_EQ(host_->upstream_tokens().get(grant_).error().code, Code::kUnauthorized);
}

// The token for another API is an access token of its own, and lives there until it is revoked.
TEST_F(RevocationAtStandin, EndsAnExchangedTokenThere) {
  const plugins::UpstreamApi other{"https://other.api.example", "other:read"};
  const auto token = host_->upstream_tokens().for_api(other).get(grant_);
  ASSERT_TRUE(token.ok()) << token.error().detail;
  const std::string api = other.audience + ' ' + other.scope;
  revocations_.add(grant_, exchanges_.load({grant_, api}).value()->credential, api);
  EXPECT_EQ(run(), 2);
  EXPECT_EQ(standin_->count("revoke"), 3);
  net::HttpRequest introspection;
  introspection.method = Method::kPost;
  introspection.url = standin_->issuer() + "/introspect";
  introspection.headers.add("Content-Type", "application/x-www-form-urlencoded");
  introspection.body =
      to_form({{"token", std::string((*token)->access_token.reveal())},
               {"client_id", standin_->provider().client_id},
               {"client_secret", std::string(standin_->provider().client_secret.reveal())}});
  const auto answer = http_->send(std::move(introspection));
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->body, R"({"active":false})");
}

TEST_F(RevocationAtStandin, LeavesADeadAccessTokenAlone) {
  let_the_token_run_out();
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(standin_->count("revoke"), 1);
}

TEST_F(RevocationAtStandin, IsTriedAgainLaterAndLaterWhilePingOneHasTrouble) {
  for (const json::object& fault :
       {json::object{{"status", 500}}, json::object{{"status", 429}},
        json::object{{"hangup", true}},
        json::object{{"status", 401}, {"body", json::object{{"error", "invalid_client"}}}}}) {
    standin_->fault("revoke", fault);
    EXPECT_EQ(run(), 0) << to_json(fault);
    ASSERT_EQ(revocations_.rows.size(), 1u);
    EXPECT_EQ(run(), 0);  // it is not due again
    clock_.advance(Seconds{60});
  }
  EXPECT_EQ(revocations_.rows[0].pending.attempts, 4);
  EXPECT_EQ(run(), 1);
  EXPECT_TRUE(revocations_.rows.empty());
}

TEST_F(RevocationAtStandin, GivesUpAfterADay) {
  clock_.advance(limits::kRevocationPatience);
  standin_->fault("revoke", json::object{{"status", 500}}, 5);
  EXPECT_EQ(run(), 0);
  EXPECT_TRUE(revocations_.rows.empty());
  EXPECT_EQ(audit_.events().back().outcome, AuditOutcome::kFailed);
}

TEST_F(RevocationAtStandin, TakesANoForAnAnswer) {
  standin_->fault(
      "revoke", {{"status", 400}, {"body", json::object{{"error", "unsupported_token_type"}}}}, 2);
  EXPECT_EQ(run(), 0);
  EXPECT_TRUE(revocations_.rows.empty());
}

TEST_F(RevocationAtStandin, SparesPingOneTheRestOfARoundWhenItIsDown) {
  for (int i = 0; i < 5; ++i) revocations_.add(grant_, user_.credential);
  standin_->fault("revoke", json::object{{"status", 503}}, 9);
  EXPECT_EQ(host_->revocation_outbox().run(), 0);
  EXPECT_EQ(standin_->count("revoke"), 1);
  EXPECT_EQ(revocations_.rows.size(), 6u);
}

}  // namespace
}  // namespace mcph::federation
