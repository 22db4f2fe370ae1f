// The authorization server and its documents under their paths, and the door of the resource.
#include "http/oauth_routes.h"

#include <future>

#include "fakes/ec_signing_key.h"
#include "http/bearer.h"
#include "http/open_gate.h"
#include "http/wellknown_routes.h"
#include "oauth/metadata.h"
#include "unit/http/support.h"
#include "unit/oauth/support.h"

namespace mcph::http {
namespace {

struct OAuthRoutes : oauth::OAuthTest {
  OAuthRoutes() {
    add_oauth_routes(router, server, budgets);
    add_wellknown_routes(router, server, budgets);
  }
  Response send(Method method, const std::string& target) {
    return RouterTest::send(router, RouterTest::make(method, target));
  }
  Executor executor{"test", 2, 64};
  Router router{*OriginPolicy::create("https://mcp.example", {}), executor, random, log};
};

TEST_F(OAuthRoutes, ServeTheDocumentsWhereClientsLook) {
  EXPECT_EQ(send(Method::kGet, "/.well-known/oauth-authorization-server").body,
            server.server_metadata().body);
  for (const char* path :
       {"/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp"}) {
    const auto response = send(Method::kGet, path);
    EXPECT_EQ(response.body, to_json(oauth::make_resource_metadata(server.settings())));
    EXPECT_EQ(oauth::header(response, "access-control-allow-origin"), "*");
    EXPECT_EQ(oauth::header(response, "cache-control"), "public, max-age=300");
    EXPECT_EQ(send(Method::kOptions, path).status, 204);
    EXPECT_EQ(send(Method::kPost, path).status, 405);
  }
  for (const char* path :
       {"/.well-known/oauth-protected-resource/other", "/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server/mcp"}) {
    EXPECT_EQ(send(Method::kGet, path).status, 404) << path;
  }
}

TEST_F(OAuthRoutes, AllowOneMethodEach) {
  const std::pair<const char*, const char*> routes[] = {
      {"/register", "POST, OPTIONS"}, {"/token", "POST, OPTIONS"},    {"/revoke", "POST, OPTIONS"},
      {"/authorize", "GET, HEAD"},    {"/authorize/consent", "POST"}, {"/callback", "GET, HEAD"},
      {"/introspect", "POST"},        {"/par", "POST, OPTIONS"}};
  for (const auto& [path, allow] : routes) {
    const auto response = send(Method::kPut, path);
    EXPECT_EQ(response.status, 405) << path;
    EXPECT_EQ(oauth::header(response, "allow"), allow) << path;
  }
}

// RFC 7592
TEST_F(OAuthRoutes, LetAClientManageItsRegistration) {
  Request request = RouterTest::make(Method::kPost, "/register");
  request.headers.add("Content-Type", "application/json");
  request.body = R"({"redirect_uris":["https://app.example/cb"]})";
  const auto made = oauth::body_of(RouterTest::send(router, request));
  const std::string path = "/register/" + oauth::text(made, "client_id");
  EXPECT_EQ(oauth::text(made, "registration_client_uri"), "https://mcp.example" + path);
  EXPECT_EQ(send(Method::kGet, path).status, 401);
  for (const auto& [method, status] :
       {std::pair{Method::kGet, 200}, {Method::kPut, 415}, {Method::kDelete, 204}}) {
    Request with = RouterTest::make(method, path);
    with.headers.add("Authorization", "Bearer " + oauth::text(made, "registration_access_token"));
    EXPECT_EQ(RouterTest::send(router, with).status, status);
  }
}

TEST_F(OAuthRoutes, AreClosedToScriptsWhereCookiesCount) {
  for (const char* path : {"/register", "/token", "/revoke"}) {
    EXPECT_EQ(send(Method::kOptions, path).status, 204) << path;
    EXPECT_EQ(oauth::header(send(Method::kPost, path), "access-control-allow-origin"), "*") << path;
  }
  for (const char* path : {"/authorize", "/authorize/consent", "/callback", "/introspect"}) {
    EXPECT_EQ(send(Method::kOptions, path).status, 405) << path;
    EXPECT_EQ(oauth::header(send(Method::kGet, path), "access-control-allow-origin"), "") << path;
  }
}

TEST_F(OAuthRoutes, ReachTheEndpoints) {
  EXPECT_EQ(send(Method::kGet, "/authorize?" + to_form(authorize_fields())).status, 200);
  EXPECT_EQ(send(Method::kGet, "/callback?state=x").status, 400);
  EXPECT_EQ(send(Method::kPost, "/authorize/consent").status, 403);
  EXPECT_EQ(send(Method::kPost, "/token").status, 415);
  Request large = RouterTest::make(Method::kPost, "/token");
  large.body.assign(64 * 1024 + 1, 'x');
  EXPECT_EQ(RouterTest::send(router, large).status, 413);
}

TEST_F(OAuthRoutes, HaveNoRegistrationWhenItIsOff) {
  oauth::Settings settings = oauth::test_settings();
  settings.registration = oauth::Registration::kOff;
  const oauth::Server closed(settings, parts);
  Router other(*OriginPolicy::create("https://mcp.example", {}), executor, random, log);
  add_oauth_routes(other, closed, budgets);
  EXPECT_EQ(RouterTest::send(other, RouterTest::make(Method::kPost, "/register")).status, 404);
}

struct Bearer : oauth::OAuthTest {
  using Kind = GateOutcome::Kind;
  static Request with(const std::vector<std::string>& authorizations) {
    Request request = RouterTest::make(Method::kPost, "/mcp");
    for (const auto& value : authorizations) request.headers.add("Authorization", value);
    return request;
  }
  static std::string challenge(const GateOutcome& admission) {
    return oauth::header(admission.refusal, "www-authenticate");
  }
  Executor executor{"test", 1, 4};
  const BearerGate gate{
      verifier, dpop, oauth::kResource, oauth::Challenge(oauth::test_settings()), budgets,
      executor, log};
};

// RFC 6750 §3.1
TEST_F(Bearer, IsAskedForWhenNoneIsThere) {
  for (const auto& request :
       {with({}), with({"Basic YTpi"}), with({"Bearer"}), with({"Bearer "}), with({"BearerX y"})}) {
    const auto admission = gate.check(request);
    EXPECT_EQ(admission.kind, Kind::kRefused);
    EXPECT_EQ(admission.refusal.status, 401);
    EXPECT_TRUE(challenge(admission).starts_with("Bearer resource_metadata="));
  }
}

// RFC 6750 §2.3 is not offered: a token in a URL ends in logs.
TEST_F(Bearer, IsNotTakenFromTheQuery) {
  const auto value = oauth::text(sign_in(), "access_token");
  EXPECT_EQ(
      gate.check(RouterTest::make(Method::kPost, "/mcp?access_token=" + value)).refusal.status,
      401);
}

TEST_F(Bearer, IsRefusedWhenItCannotBeOurs) {
  tokens.look_ups = 0;
  for (const char* value :
       {"Bearer x", "Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln", "bearer mcp_at_AAAA"}) {
    const auto admission = gate.check(with({value}));
    EXPECT_EQ(admission.refusal.status, 401) << value;
    EXPECT_TRUE(challenge(admission).starts_with("Bearer error=\"invalid_token\"")) << value;
  }
  EXPECT_EQ(tokens.look_ups, 0);
}

TEST_F(Bearer, IsMalformedWhenThereAreTwoOrOddCharacters) {
  for (const auto& request : {with({"Bearer a", "Bearer b"}), with({"Bearer a b"}),
                              with({"Bearer a,b"}), with({"Bearer \"a\""})}) {
    const auto admission = gate.check(request);
    EXPECT_EQ(admission.refusal.status, 400);
    EXPECT_TRUE(challenge(admission).starts_with("Bearer error=\"invalid_request\""));
  }
}

TEST_F(Bearer, IsLookedUpOnceThenKnown) {
  const auto value = oauth::text(sign_in(), "access_token");
  const auto first = gate.check(with({"Bearer " + value}));
  ASSERT_EQ(first.kind, Kind::kLookUp);
  EXPECT_EQ(gate.look_up({}, first.token).kind, Kind::kAdmitted);
  const auto second = gate.check(with({"bEaReR  " + value}));
  ASSERT_EQ(second.kind, Kind::kAdmitted);
  EXPECT_EQ(second.caller->subject, "user-1");
}

TEST_F(Bearer, IsRefusedAfterItsGrantWasRevoked) {
  const auto value = oauth::text(sign_in(), "access_token");
  ASSERT_EQ(gate.look_up({}, value).kind, Kind::kAdmitted);
  const auto grant = grants.list({}).value().at(0).id;
  ASSERT_TRUE(grants.revoke(grant, "test").ok());
  verifier.forget_grant(grant);
  EXPECT_EQ(gate.check(with({"Bearer " + value})).kind, Kind::kLookUp);
  EXPECT_EQ(gate.look_up({}, value).refusal.status, 401);
}

// A 401 would make the client throw a good token away.
TEST_F(Bearer, IsNotBlamedForALostStore) {
  const auto value = oauth::text(sign_in(), "access_token");
  tokens.broken = true;
  const auto admission = gate.look_up({}, value);
  EXPECT_EQ(admission.refusal.status, 503);
  EXPECT_EQ(oauth::header(admission.refusal, "retry-after"), "1");
}

// RFC 6750 §3.1
TEST_F(Bearer, IsToldWhichScopesAreMissing) {
  const auto response = gate.make_insufficient_scope({"todo:read", "todo:write"});
  EXPECT_EQ(response.status, 403);
  EXPECT_THAT(oauth::header(response, "www-authenticate"),
              testing::HasSubstr("scope=\"todo:read todo:write\""));
}

TEST_F(Bearer, IsWatchedWhileAnAnswerLasts) {
  const auto value = oauth::text(sign_in(), "access_token");
  const mcp::StreamAccess watch = gate.watch(with({"Bearer " + value}));
  EXPECT_EQ(watch.token_hash, oauth::hash_token(value));
  const auto is_good = [&] {
    std::promise<bool> answer;
    watch.token_check([&](bool good) { answer.set_value(good); });
    return answer.get_future().get();
  };
  EXPECT_TRUE(is_good());
  const auto grant = grants.list({}).value().at(0).id;
  ASSERT_TRUE(grants.revoke(grant, "test").ok());
  verifier.forget_grant(grant);
  EXPECT_FALSE(is_good());
}

TEST(OpenGate, LetsEveryRequestInAsTheSameUser) {
  const auto user = std::make_shared<Caller>();
  const OpenGate open(user);
  for (Request request : {RouterTest::make(Method::kPost, "/mcp"), Bearer::with({"Bearer x"})}) {
    const auto admission = open.check(request);
    EXPECT_EQ(admission.kind, GateOutcome::Kind::kAdmitted);
    EXPECT_EQ(admission.caller, user);
  }
  bool good = false;
  open.watch(RouterTest::make(Method::kGet, "/mcp")).token_check([&](bool is_good) {
    good = is_good;
  });
  EXPECT_TRUE(good);
}

// RFC 9449 §7: a token that is bound to a key.
struct BoundToken : Bearer {
  BoundToken() {
    Request request = form_request(code_fields(code_for()));
    request.headers.add("DPoP", sign({{"htm", "POST"}, {"htu", "https://mcp.example/token"}}));
    token = oauth::text(oauth::body_of(server.exchange_token(request)), "access_token");
  }
  std::string sign(json::object claims) {
    claims["jti"] = std::to_string(++count);
    claims["iat"] = to_unix(clock.now());
    if (!claims.contains("nonce")) claims["nonce"] = dpop.make_nonce();
    return key.sign({{"typ", "dpop+jwt"}, {"alg", "ES256"}, {"jwk", key.jwk()}}, claims);
  }
  json::object claims() const {
    return {
        {"htm", "POST"}, {"htu", oauth::kResource}, {"ath", to_base64url(crypto::sha256(token))}};
  }
  Request request(const std::string& proof, const std::string& scheme = "DPoP ") const {
    Request made = with({scheme + token});
    if (!proof.empty()) made.headers.add("DPoP", proof);
    return made;
  }
  // As the route does it.
  GateOutcome ask(const Request& made) const {
    auto outcome = gate.check(made);
    if (outcome.kind != Kind::kLookUp) return outcome;
    return gate.look_up(made, outcome.token);
  }
  std::string error_of(const Request& made) const {
    const auto outcome = ask(made);
    if (outcome.kind == Kind::kAdmitted) return "admitted";
    return oauth::error_of(outcome.refusal);
  }

  const fakes::EcSigningKey key;
  std::string token;
  int count = 0;
};

TEST_F(BoundToken, IsAdmittedWithAProof) {
  EXPECT_EQ(error_of(request(sign(claims()))), "admitted");
  EXPECT_EQ(error_of(request(sign(claims()))), "admitted") << "and again, from the cache";
  EXPECT_EQ(error_of(request(sign(claims()), "dpop ")), "admitted");
}

// §7.2: a stolen token is no bearer token.
TEST_F(BoundToken, IsRefusedAsABearer) {
  for (int i = 0; i < 2; ++i) {
    const auto outcome = ask(request({}, "Bearer "));
    EXPECT_EQ(outcome.refusal.status, 401);
    EXPECT_TRUE(challenge(outcome).starts_with("DPoP error=\"invalid_token\""))
        << challenge(outcome);
    EXPECT_EQ(error_of(request(sign(claims()), "Bearer ")), "invalid_token");
    EXPECT_EQ(error_of(request(sign(claims()))), "admitted");
  }
}

TEST_F(BoundToken, IsRefusedWithoutOrWithAWrongProof) {
  EXPECT_EQ(error_of(request({})), "invalid_dpop_proof");
  const std::string once = sign(claims());
  EXPECT_EQ(error_of(request(once)), "admitted");
  EXPECT_EQ(error_of(request(once)), "invalid_dpop_proof") << "a replay";
  for (const auto& [name, value] :
       {std::pair{"ath", "x"}, {"htm", "GET"}, {"htu", "https://mcp.example/token"}}) {
    auto all = claims();
    all[name] = value;
    EXPECT_EQ(error_of(request(sign(all))), "invalid_dpop_proof") << name;
  }
  const fakes::EcSigningKey thief;
  auto all = claims();
  all["jti"] = "thief";
  all["iat"] = to_unix(clock.now());
  all["nonce"] = dpop.make_nonce();
  const auto stolen =
      thief.sign({{"typ", "dpop+jwt"}, {"alg", "ES256"}, {"jwk", thief.jwk()}}, all);
  EXPECT_EQ(error_of(request(stolen)), "invalid_token");
}

// §9
TEST_F(BoundToken, IsAskedForANonce) {
  auto all = claims();
  all["nonce"] = "old";
  const auto outcome = ask(request(sign(all)));
  EXPECT_EQ(outcome.refusal.status, 401);
  EXPECT_TRUE(challenge(outcome).starts_with("DPoP error=\"use_dpop_nonce\""));
  EXPECT_THAT(challenge(outcome), testing::HasSubstr("algs=\"ES256 RS256\""));
  all["nonce"] = oauth::header(outcome.refusal, "dpop-nonce").c_str();
  EXPECT_EQ(error_of(request(sign(all))), "admitted");
}

TEST_F(BoundToken, IsNotWhatABearerTokenBecomesByAProof) {
  token = oauth::text(sign_in(), "access_token");
  EXPECT_EQ(error_of(request(sign(claims()))), "invalid_token");
  EXPECT_EQ(error_of(request({}, "Bearer ")), "admitted");
}

TEST_F(BoundToken, IsNotBlamedForALostStore) {
  replays.broken = true;
  EXPECT_EQ(ask(request(sign(claims()))).refusal.status, 503);
}

}  // namespace
}  // namespace mcph::http
