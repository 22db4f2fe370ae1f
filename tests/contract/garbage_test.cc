// Threat 26: tokens that we never made are refused by their tag. PostgreSQL logs every statement of
// this host; what is refused must not add one that reads a token.
#include <fcntl.h>
#include <unistd.h>

#include <sstream>

#include "base/random.h"
#include "crypto/hash.h"
#include "crypto/key_ring.h"
#include "fakes/fake_client_document_fetcher.h"
#include "fakes/fake_identity_provider.h"
#include "fakes/memory_audit_log.h"
#include "http/bearer.h"
#include "oauth/server.h"
#include "oauth/stored_tokens.h"
#include "store_test.h"

namespace mcph::store {
namespace {

class Garbage : public StoreTest {
 protected:
  Garbage() {
    const auto given = given_grant(*store_, clock_.now());
    oauth::Client open = make_client("open", clock_.now());
    EXPECT_TRUE(store_->clients().insert(open).ok());
    oauth::Client api = make_client("api", clock_.now());
    api.kind = oauth::ClientKind::kResourceServer;
    api.auth_method = oauth::AuthMethod::kPost;
    api.secret_hashes = {crypto::sha256("s3cret")};
    EXPECT_TRUE(store_->clients().insert(api).ok());
    settings_.issuer = "https://host.example";
    settings_.resource = "https://host.example/mcp";
    settings_.scopes = {{"todo:read", "See"}};
    settings_.registrations_per_hour = 0;
  }
  StoreOptions logged_options() const {
    StoreOptions with = options();
    with.conninfo = Secret(std::string(with.conninfo.reveal()) +
                           " options='-c log_statement=all -c log_min_duration_statement=-1'");
    return with;
  }
  // Every statement of this host since the last call.
  std::string statements() {
    std::istringstream log(cluster().read_log());
    std::string line;
    std::string out;
    std::size_t number = 0;
    while (std::getline(log, line)) {
      if (++number <= seen_) continue;
      const auto at = line.find("LOG:  execute ");
      if (at != std::string::npos)
        out += line.substr(at + 14, line.find(':', at + 14) - at - 14) + ' ';
    }
    seen_ = number;
    return out;
  }
  static Request make_form(const std::string& body) {
    Request request;
    request.method = Method::kPost;
    request.peer = "192.0.2.1";
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    request.body = body;
    return request;
  }
  static Request make_registration(const std::string& bearer) {
    Request request;
    request.method = Method::kPost;
    request.headers.add("Content-Type", "application/json");
    request.headers.add("Authorization", "Bearer " + bearer);
    request.body = R"({"redirect_uris":["https://app.example/cb"]})";
    return request;
  }
  // Of the right shape, by another installation; a good one that was bent; and nonsense.
  std::vector<std::string> garbage(oauth::TokenKind kind) {
    std::string bent(format_.make(kind, clock_.now() + Seconds{60}).reveal());
    bent[20] = bent[20] == 'A' ? 'B' : 'A';
    const std::string expired(format_.make(kind, clock_.now() - Seconds{1}).reveal());
    const std::string foreign(other_format_.make(kind, clock_.now() + Seconds{60}).reveal());
    std::vector<std::string> all{foreign, bent, "nonsense", std::string(prefix_of(kind)) + "AAAA"};
    if (kind != oauth::TokenKind::kRegistration) all.push_back(expired);
    return all;
  }

  oauth::Settings settings_;
  SystemRandom random_;
  const crypto::KeyRing keys_ = *crypto::KeyRing::parse("k1:" + std::string(43, 'A'));
  const crypto::KeyRing other_keys_ = *crypto::KeyRing::parse("k1:" + std::string(42, 'B') + "A");
  const oauth::TokenFormat format_{keys_, random_};
  const oauth::TokenFormat other_format_{other_keys_, random_};
  const std::unique_ptr<Store> logged_ = open_store(logged_options());
  test::FakeClientDocumentFetcher documents_;
  test::FakeIdentityProvider idp_;
  test::MemoryAuditLog audit_;
  oauth::StoredTokens stored_tokens_{"https://host.example/mcp", format_, logged_->tokens(),
                                     clock_};
  oauth::AccessTokenVerifier verifier_{{Seconds{30}, 64}, stored_tokens_, clock_};
  const oauth::DpopVerifier dpop_{keys_, random_, logged_->replays(), clock_};
  const oauth::Budgets budgets_{oauth::BudgetRates{}, random_, clock_, audit_};
  const oauth::ServerParts parts_{logged_->clients(),
                                  logged_->signins(),
                                  logged_->grants(),
                                  logged_->tokens(),
                                  logged_->replays(),
                                  logged_->lockouts(),
                                  logged_->pushed_requests(),
                                  logged_->registration_tokens(),
                                  documents_,
                                  idp_,
                                  verifier_,
                                  dpop_,
                                  budgets_,
                                  format_,
                                  keys_,
                                  clock_,
                                  random_,
                                  log_,
                                  audit_};
  oauth::Server make_server() { return oauth::Server(settings_, parts_); }
  std::size_t seen_ = 0;
};

TEST_F(Garbage, IsCountedByThisTest) {
  statements();
  ASSERT_TRUE(logged_->tokens().find_access_token(hash_of("a"), clock_.now()).ok());
  EXPECT_NE(statements(), "");
}

TEST_F(Garbage, AsAnAccessTokenCostsNoStatement) {
  Executor executor{"test", 1, 4};
  const http::BearerGate gate{
      verifier_, dpop_, "https://host.example/mcp", oauth::Challenge(settings_), budgets_,
      executor,  log_};
  statements();
  for (const auto& token : garbage(oauth::TokenKind::kAccess)) {
    Request request;
    request.headers.add("Authorization", "Bearer " + token);
    EXPECT_EQ(gate.check(request).refusal.status, 401) << token;
  }
  EXPECT_EQ(statements(), "");
}

TEST_F(Garbage, AsARegistrationTokenCostsNoStatement) {
  const oauth::Server open = make_server();
  settings_.registration = oauth::Registration::kToken;
  const oauth::Server guarded = make_server();
  statements();
  for (const auto& token : garbage(oauth::TokenKind::kRegistration)) {
    for (const char* id : {"open", "nobody"}) {
      EXPECT_EQ(open.read_registration(make_registration(token), id).status, 401);
      EXPECT_EQ(open.remove_registration(make_registration(token), id).status, 401);
    }
  }
  for (const auto& token : garbage(oauth::TokenKind::kInitialAccess)) {
    EXPECT_EQ(guarded.register_client(make_registration(token)).status, 401);
  }
  EXPECT_EQ(statements(), "");
}

// Who asks is looked up first (RFC 6749 §5.2 tells a client that is not known from a code that is
// not); what they bring is not.
TEST_F(Garbage, AsACodeOrRefreshTokenCostsNoMoreThanToFindTheClient) {
  const oauth::Server server = make_server();
  statements();
  for (const auto& code : garbage(oauth::TokenKind::kCode)) {
    const auto response = server.exchange_token(
        make_form("grant_type=authorization_code&client_id=open&code=" + code +
                  "&redirect_uri=https%3A%2F%2Fclient.example%2Fcallback&code_verifier=" +
                  std::string(43, 'v')));
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(statements(), "client_find ") << code;
  }
  for (const auto& token : garbage(oauth::TokenKind::kRefresh)) {
    const auto response = server.exchange_token(
        make_form("grant_type=refresh_token&client_id=open&refresh_token=" + token));
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(statements(), "client_find ") << token;
  }
}

TEST_F(Garbage, AtRevocationAndIntrospectionCostsNoMoreThanToFindTheClient) {
  const oauth::Server server = make_server();
  statements();
  for (const auto kind : {oauth::TokenKind::kAccess, oauth::TokenKind::kRefresh}) {
    for (const auto& token : garbage(kind)) {
      if (format_.find_expiry(kind, token)) continue;  // ours, and only expired
      EXPECT_EQ(server.revoke_token(make_form("client_id=open&token=" + token)).status, 200);
      EXPECT_EQ(statements(), "client_find ") << token;
      EXPECT_EQ(
          server.introspect_token(make_form("client_id=api&client_secret=s3cret&token=" + token))
              .body,
          R"({"active":false})");
      EXPECT_EQ(statements(), "lockout_find client_find ") << token;
    }
  }
}

}  // namespace
}  // namespace mcph::store
