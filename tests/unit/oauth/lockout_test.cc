// Threat 26: lock-out of failed client authentication, for one client from one network, and the
// budgets of clients.
#include "oauth/lockout/lockout.h"

#include "oauth/budget/limits.h"
#include "observability/audit_types.h"
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

class Lockout : public OAuthTest {
 protected:
  Lockout() {
    client.id = ClientId{"desk"};
    client.auth_method = AuthMethod::kPost;
    client.secret_hashes = {crypto::sha256("s3cret")};
    add(client);
  }
  // invalid_grant: the client was believed.
  Response attempt(const std::string& id, const std::string& secret,
                   const std::string& peer = "192.0.2.1") {
    Request request = form_request({{"grant_type", "authorization_code"},
                                    {"code", "x"},
                                    {"client_id", id},
                                    {"client_secret", secret}});
    request.peer = peer;
    return server.exchange_token(request);
  }
  void fail(int times, const std::string& id = "desk", const std::string& peer = "192.0.2.1") {
    for (int i = 0; i < times; ++i) EXPECT_EQ(attempt(id, "wrong", peer).status, 401) << i;
  }
};

TEST_F(Lockout, ComesAfterAFewFailuresAndGrowsToACap) {
  for (const auto& [failures, seconds] : std::vector<std::pair<int, int>>{{0, 0},
                                                                          {5, 0},
                                                                          {6, 1},
                                                                          {7, 2},
                                                                          {8, 4},
                                                                          {15, 512},
                                                                          {16, 900},
                                                                          {17, 900},
                                                                          {1000000, 900}}) {
    EXPECT_EQ(lockout_after(failures).count(), seconds) << failures;
  }
}

TEST_F(Lockout, RefusesEvenTheRightSecretUntilItIsOver) {
  fail(5);
  EXPECT_EQ(audit.count(audit_types::kLockedOut), 0u);
  fail(1);
  EXPECT_EQ(audit.count(audit_types::kLockedOut), 1u);
  const auto locked = attempt("desk", "s3cret");
  EXPECT_EQ(locked.status, 429);
  EXPECT_EQ(header(locked, "retry-after"), "2");
  EXPECT_EQ(error_of(locked), "temporarily_unavailable");
  EXPECT_EQ(attempt("desk", "wrong").body, locked.body) << "a right guess must not stand out";
  clock.advance(Seconds{2});
  fail(1);
  EXPECT_EQ(header(attempt("desk", "s3cret"), "retry-after"), "3");
  clock.advance(Seconds{3});
  EXPECT_EQ(error_of(attempt("desk", "s3cret")), "invalid_grant");
}

TEST_F(Lockout, NeverKeepsTheTrueClientOutElsewhere) {
  fail(6, "desk", "203.0.113.66");
  EXPECT_EQ(attempt("desk", "s3cret", "203.0.113.66").status, 429);
  EXPECT_EQ(error_of(attempt("desk", "s3cret", "192.0.2.1")), "invalid_grant");
  EXPECT_EQ(error_of(attempt("desk", "s3cret", "2001:db8::1")), "invalid_grant");
}

TEST_F(Lockout, IsNotEscapedWithinOneIPv6Subscriber) {
  for (int i = 0; i < 6; ++i) fail(1, "desk", "2001:db8::" + std::to_string(i));
  EXPECT_EQ(attempt("desk", "s3cret", "2001:db8::ffff").status, 429);
}

TEST_F(Lockout, IsForgottenAfterASuccessAndAfterAnHour) {
  fail(5);
  EXPECT_EQ(error_of(attempt("desk", "s3cret")), "invalid_grant");
  EXPECT_EQ(lockouts.size(), 0u);
  fail(5);
  clock.advance(limits::kFailureMemory);
  fail(5);
}

// Nobody learns which clients exist, neither from the lock nor from what it costs.
TEST_F(Lockout, TreatsAClientThatDoesNotExistAlike) {
  lockouts.calls = 0;
  fail(6, "desk");
  const int known = lockouts.calls.exchange(0);
  fail(6, "nobody");
  EXPECT_EQ(lockouts.calls, known);
  EXPECT_EQ(attempt("nobody", "wrong").body, attempt("desk", "wrong").body);
  EXPECT_EQ(attempt("nobody", "wrong").status, 429);
}

TEST_F(Lockout, LeavesPublicClientsAlone) {
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(
        error_of(token(
            {{"grant_type", "authorization_code"}, {"code", "x"}, {"client_id", "client-1"}})),
        "invalid_grant");
  }
  EXPECT_EQ(lockouts.calls, 0);
}

TEST_F(Lockout, RefusesEverybodyWhileTheCountCannotBeRead) {
  lockouts.broken = true;
  EXPECT_EQ(attempt("desk", "s3cret").status, 503);
}

class ClientBudget : public Lockout {
 protected:
  static BudgetRates few_for_clients() {
    BudgetRates rates{};
    rates[static_cast<std::size_t>(Budget::kClient)] = 3;
    rates[static_cast<std::size_t>(Budget::kPublicClient)] = 3;
    return rates;
  }
  Response ask_limited(const FormFields& fields, const std::string& peer) {
    Request request = form_request(fields);
    request.peer = peer;
    return limited_.exchange_token(request);
  }
  static FormFields with_secret(const std::string& secret) {
    return {{"grant_type", "authorization_code"},
            {"code", "x"},
            {"client_id", "desk"},
            {"client_secret", secret}};
  }

  const Budgets few_{few_for_clients(), random, clock, audit};
  const ServerParts with_few_ = parts_with(few_);
  const Server limited_{test_settings(), with_few_};
};

TEST_F(ClientBudget, BoundsAClientThatHasProvedWhoItIsWhereverItIs) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(error_of(ask_limited(with_secret("s3cret"), "192.0.2." + std::to_string(i))),
              "invalid_grant");
  }
  EXPECT_EQ(ask_limited(with_secret("s3cret"), "192.0.2.9").status, 429);
}

// Otherwise everybody who knows a client's name could silence it.
TEST_F(ClientBudget, IsNotSpentByThoseWhoCannotProveIt) {
  for (int i = 0; i < 5; ++i) ask_limited(with_secret("wrong"), "203.0.113.66");
  EXPECT_EQ(error_of(ask_limited(with_secret("s3cret"), "192.0.2.1")), "invalid_grant");
  const FormFields fields{
      {"grant_type", "authorization_code"}, {"code", "x"}, {"client_id", "client-1"}};
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(error_of(ask_limited(fields, "203.0.113.66")), "invalid_grant");
  }
  EXPECT_EQ(ask_limited(fields, "203.0.113.66").status, 429);
  EXPECT_EQ(error_of(ask_limited(fields, "192.0.2.1")), "invalid_grant");
}

}  // namespace
}  // namespace mcph::oauth
