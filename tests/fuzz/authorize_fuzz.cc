// The query of /authorize, on a whole server: whatever stands in it, nobody is sent anywhere but to
// the one address that the one client registered, and the answer is one of the few it can be.
#include <fcntl.h>

#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "base/encoding.h"
#include "base/random.h"
#include "crypto/key_ring.h"
#include "fakes/fake_client_document_fetcher.h"
#include "fakes/fake_identity_provider.h"
#include "fakes/memory_audit_log.h"
#include "fakes/memory_client_store.h"
#include "fakes/memory_grant_store.h"
#include "fakes/memory_lockout_store.h"
#include "fakes/memory_pushed_request_store.h"
#include "fakes/memory_registration_token_store.h"
#include "fakes/memory_replay_store.h"
#include "fakes/memory_signin_store.h"
#include "fakes/memory_token_store.h"
#include "oauth/server.h"
#include "oauth/stored_tokens.h"
#include "support/fake_clock.h"
#include "support/fake_random.h"

namespace {

using namespace mcph;

constexpr char kRedirect[] = "https://app.example/callback";
constexpr char kGood[] =
    "response_type=code&client_id=client-1&code_challenge_method=S256"
    "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&";

oauth::Settings make_settings() {
  oauth::Settings settings;
  settings.issuer = "https://mcp.example";
  settings.resource = "https://mcp.example/mcp";
  settings.scopes = {{"todo:read", "See your list"}};
  return settings;
}

struct Fixture {
  Fixture() {
    oauth::Client client;
    client.id = ClientId{"client-1"};
    client.name = "Planner";
    client.redirect_uris = {kRedirect};
    client.grant_types = {"authorization_code"};
    ASSERT(clients.insert(client).ok());
  }
  test::FakeClock clock;
  test::FakeRandom random;
  const Log log{clock, open("/dev/null", O_WRONLY), LogLevel::kError};
  const crypto::KeyRing keys = *crypto::KeyRing::parse("k1:" + std::string(43, 'A'));
  const oauth::TokenFormat format{keys, random};
  test::MemoryClientStore clients;
  test::MemorySignInStore signins;
  test::MemoryGrantStore grants{clock};
  test::MemoryTokenStore tokens{clients, grants};
  test::MemoryReplayStore replays;
  test::MemoryLockoutStore lockouts;
  test::MemoryPushedRequestStore pushed_requests;
  test::MemoryRegistrationTokenStore registration_tokens;
  test::FakeClientDocumentFetcher documents;
  test::FakeIdentityProvider idp;
  test::MemoryAuditLog audit;
  oauth::StoredTokens stored_tokens{"https://mcp.example/mcp", format, tokens, clock};
  oauth::AccessTokenVerifier verifier{{Seconds{30}, 16}, stored_tokens, clock};
  const oauth::DpopVerifier dpop{keys, random, replays, clock};
  const oauth::Budgets budgets{oauth::BudgetRates{}, random, clock, audit};
  const oauth::ServerParts parts{clients,
                                 signins,
                                 grants,
                                 tokens,
                                 replays,
                                 lockouts,
                                 pushed_requests,
                                 registration_tokens,
                                 documents,
                                 idp,
                                 verifier,
                                 dpop,
                                 budgets,
                                 format,
                                 keys,
                                 clock,
                                 random,
                                 log,
                                 audit};
  const oauth::Server server{make_settings(), parts};
};

void check(const Fixture& fixture, const std::string& query) {
  Request request;
  request.method = Method::kGet;
  request.target = "/authorize?" + query;
  const Response response = fixture.server.authorize(request);
  for (std::size_t i = 0; i < response.headers.size(); ++i) {
    for (const char c : response.headers.at(i).value) ASSERT(c >= 0x20 && c != 0x7f);
  }
  if (response.status == 303) {
    const auto location = response.headers.find("location");
    ASSERT(location && location->starts_with(std::string(kRedirect) + "?"));
    ASSERT(location->find("code=") == std::string_view::npos);
    ASSERT(parse_form(location->substr(sizeof kRedirect)));
    return;
  }
  ASSERT(response.status == 200 || response.status == 400 || response.status == 503);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const Fixture fixture;
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  check(fixture, text);
  check(fixture, kGood + text);
  return 0;
}
