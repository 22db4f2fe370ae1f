// Threat 26: how often the public endpoints may be asked, and what is said then.
#include <future>

#include "http/bearer.h"
#include "http/oauth_routes.h"
#include "http/wellknown_routes.h"
#include "observability/audit_types.h"
#include "unit/http/support.h"
#include "unit/oauth/support.h"

namespace mcph::http {
namespace {

using oauth::Budget;

constexpr std::uint32_t kFew = 3;

oauth::BudgetRates few_of_everything() {
  oauth::BudgetRates rates{};
  rates.fill(kFew);
  return rates;
}

struct BudgetTest : oauth::OAuthTest {
  BudgetTest() {
    add_oauth_routes(router, server, few);
    add_wellknown_routes(router, server, few);
  }
  Response send(Method method, const std::string& target, const std::string& peer = "192.0.2.1") {
    Request request = RouterTest::make(method, target);
    request.peer = peer;
    return RouterTest::send(router, std::move(request));
  }
  // Until one is refused; returns that one.
  Response spend(Method method, const std::string& target, const std::string& peer = "192.0.2.1") {
    for (std::uint32_t i = 0; i < kFew; ++i) {
      EXPECT_NE(send(method, target, peer).status, 429) << target << " " << i;
    }
    return send(method, target, peer);
  }

  const oauth::Budgets few{few_of_everything(), random, clock, audit};
  Executor executor{"test", 2, 64};
  Router router{*OriginPolicy::create("https://mcp.example", {}), executor, random, log};
};

TEST_F(BudgetTest, BoundsEveryPublicEndpointForEachAddress) {
  const std::pair<Method, std::string> endpoints[] = {
      {Method::kPost, "/register"}, {Method::kGet, "/register/client-1"},
      {Method::kGet, "/authorize"}, {Method::kPost, "/authorize/consent"},
      {Method::kGet, "/callback"},  {Method::kPost, "/token"},
      {Method::kPost, "/revoke"},   {Method::kPost, "/introspect"},
      {Method::kPost, "/par"},      {Method::kGet, "/.well-known/oauth-authorization-server"},
  };
  for (const auto& [method, target] : endpoints) {
    const auto refused = spend(method, target);
    EXPECT_EQ(refused.status, 429) << target;
    EXPECT_EQ(oauth::header(refused, "retry-after"), "20") << target;
    EXPECT_NE(send(method, target, "192.0.2.2").status, 429) << target << " from elsewhere";
  }
}

TEST_F(BudgetTest, SaysSoInTheWordsOfTheEndpoint) {
  const auto document = spend(Method::kPost, "/token");
  EXPECT_EQ(oauth::header(document, "content-type"), "application/json");
  EXPECT_EQ(oauth::error_of(document), "temporarily_unavailable");
  EXPECT_EQ(oauth::header(document, "access-control-allow-origin"), "*");
  for (const char* target : {"/authorize", "/callback"}) {
    Request request = RouterTest::make(Method::kGet, target);
    request.peer = "192.0.2.1";
    spend(Method::kGet, target);
    request.headers.add("Accept", "text/html");
    const auto page = RouterTest::send(router, request);
    EXPECT_EQ(page.status, 429);
    EXPECT_TRUE(oauth::header(page, "content-type").starts_with("text/html"));
    EXPECT_EQ(oauth::header(page, "retry-after"), "20");
    EXPECT_THAT(page.body, testing::HasSubstr("wait a little"));
    EXPECT_THAT(oauth::header(page, "content-security-policy"), testing::HasSubstr("default-src"));
  }
}

TEST_F(BudgetTest, CountsAWholeSubscriberAndRefillsWithTime) {
  EXPECT_EQ(spend(Method::kGet, "/authorize", "2001:db8:1:2::1").status, 429);
  EXPECT_EQ(send(Method::kGet, "/authorize", "2001:db8:1:2:ffff::2").status, 429);
  EXPECT_NE(send(Method::kGet, "/authorize", "2001:db8:1:3::1").status, 429);
  clock.advance(Seconds{20});
  EXPECT_NE(send(Method::kGet, "/authorize", "2001:db8:1:2::1").status, 429);
  EXPECT_EQ(send(Method::kGet, "/authorize", "2001:db8:1:2::1").status, 429);
}

TEST_F(BudgetTest, OfOneEndpointSaysNothingAboutAnother) {
  EXPECT_EQ(spend(Method::kPost, "/register").status, 429);
  EXPECT_NE(send(Method::kPost, "/token").status, 429);
}

TEST_F(BudgetTest, StandsInTheRecordOnceAMinuteHoweverOftenItIsSpent) {
  EXPECT_EQ(spend(Method::kGet, "/authorize").status, 429);
  EXPECT_EQ(send(Method::kGet, "/authorize", "192.0.2.1").status, 429);
  EXPECT_EQ(audit.count(audit_types::kBudgetSpent), 1u);
  clock.advance(Seconds{60});
  EXPECT_EQ(spend(Method::kGet, "/authorize", "192.0.2.1").status, 429);
  EXPECT_EQ(audit.count(audit_types::kBudgetSpent), 2u);
  const AuditEvent event = audit.events().back();
  EXPECT_EQ(event.details[0].value, "authorize");
  EXPECT_EQ(event.details[1].value, "2");  // with the one that did not stand there
  EXPECT_EQ(event.details[2].value, "192.0.2.1");
}

struct McpBudget : oauth::OAuthTest {
  using Kind = GateOutcome::Kind;
  static Request with(const std::string& token, const std::string& peer = "192.0.2.1") {
    Request request = RouterTest::make(Method::kPost, "/mcp");
    request.peer = peer;
    if (!token.empty()) request.headers.add("Authorization", "Bearer " + token);
    return request;
  }
  const oauth::Budgets few{few_of_everything(), random, clock, audit};
  Executor executor{"test", 1, 4};
  const BearerGate gate{
      verifier, dpop, oauth::kResource, oauth::Challenge(oauth::test_settings()), few,
      executor, log};
};

TEST_F(McpBudget, IsSpentByRequestsThatAreRefused) {
  for (const char* token : {"", "garbage", "mcp_at_x"}) {
    EXPECT_EQ(gate.check(with(token)).refusal.status, 401);
  }
  const auto refused = gate.check(with("")).refusal;
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(oauth::header(refused, "retry-after"), "20");
  EXPECT_EQ(oauth::header(refused, "content-type"), "application/json");
  EXPECT_TRUE(oauth::body_of(refused).contains("jsonrpc"));
  EXPECT_EQ(gate.check(with("", "192.0.2.2")).refusal.status, 401);
}

// A neighbour behind the same address who floods must not take the tools away from others.
TEST_F(McpBudget, IsNoConcernOfAGoodToken) {
  const auto token = oauth::text(sign_in(), "access_token");
  for (std::uint32_t i = 0; i <= kFew; ++i) (void)gate.check(with(""));
  ASSERT_EQ(gate.check(with("")).refusal.status, 429);
  ASSERT_EQ(gate.check(with(token)).kind, Kind::kLookUp);
  EXPECT_EQ(gate.look_up(with(token), token).kind, Kind::kAdmitted);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(gate.check(with(token)).kind, Kind::kAdmitted);
}

TEST_F(McpBudget, EndsTheLookUpsOfADeadToken) {
  const auto token = oauth::text(sign_in(), "access_token");
  revoke(token);
  tokens.look_ups = 0;
  for (int i = 0; i < 20; ++i) {
    const auto outcome = gate.look_up(with(token, "192.0.2." + std::to_string(i)), token);
    EXPECT_EQ(outcome.refusal.status, i < static_cast<int>(kFew) ? 401 : 429);
  }
  EXPECT_EQ(tokens.look_ups, static_cast<int>(kFew));
}

}  // namespace
}  // namespace mcph::http
