// Access tokens that the provider issues for this host: signed with a real key, judged by the whole
// of what a host has for it, on a network of the test's own.
#include "federation/resource_server.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "base/encoding.h"
#include "fakes/fake_http_client.h"
#include "fakes/signing_key.h"
#include "federation/limits.h"
#include "oauth/access_token_verifier.h"
#include "support/fake_clock.h"
#include "support/fake_random.h"

namespace mcph::federation {
namespace {

constexpr char kIssuer[] = "https://idp.example/as";
constexpr char kAudience[] = "https://mcp.example/mcp";
constexpr char kExchange[] = "urn:ietf:params:oauth:grant-type:token-exchange";

class ResourceServerTest : public ::testing::Test {
 protected:
  net::HttpResponse answer(const net::HttpRequest& request) {
    if (request.url.ends_with("/openid-configuration")) {
      return fakes::http_answer(
          200, to_json(json::object{{"issuer", kIssuer},
                                    {"authorization_endpoint", "https://idp.example/a"},
                                    {"token_endpoint", "https://idp.example/token"},
                                    {"jwks_uri", "https://idp.example/jwks"}}));
    }
    if (request.url.ends_with("/jwks")) {
      return is_down_ ? fakes::http_answer(503, "") : fakes::http_answer(200, jwks());
    }
    exchange_ = parse_form(request.body).value_or(FormFields{});
    return token_answer_;
  }
  std::string jwks() const {
    std::string text;
    for (const auto* key : published_) text.append(text.empty() ? "" : ",").append(key->jwk());
    return R"({"keys":[)" + text + "]}";
  }
  json::object claims() const {
    const std::int64_t now = to_unix(clock_.now());
    return {{"iss", kIssuer},     {"sub", "user-1"},   {"aud", json::array{kAudience}},
            {"client_id", "app"}, {"exp", now + 3600}, {"iat", now},
            {"scope", "mcp x"}};
  }
  std::string token(const json::object& with = {}, const json::object& header = {}) const {
    json::object all = claims();
    for (const auto& [name, value] : with) {
      if (value.is_null()) {
        all.erase(name);
      } else {
        all[name] = value;
      }
    }
    json::object head{{"alg", "RS256"}, {"kid", "k1"}, {"typ", "at+jwt"}};
    for (const auto& [name, value] : header) head[name] = value;
    return key_.sign(head, all);
  }
  // Why a token is refused; empty when it is not.
  std::string refusal(const std::string& token) {
    const auto valid = host_.access_tokens().validate(token);
    if (valid.ok()) return "";
    EXPECT_EQ(valid.error().code, Code::kUnauthorized) << valid.error().detail;
    return valid.error().detail;
  }
  std::string refusal_with(std::string_view name, json::value value) {
    return refusal(token({{name, std::move(value)}}));
  }
  GrantId enter(const std::string& token) {
    caller_ = host_.access_tokens().validate(token).value().caller;
    return caller_->grant;
  }
  std::string field(std::string_view name) const {
    for (const auto& [key, value] : exchange_) {
      if (key == name) return value;
    }
    return {};
  }
  Provider provider() const {
    Provider p;
    p.issuer = kIssuer;
    p.client_id = "host";
    p.client_secret = Secret(std::string("secret"));
    return p;
  }
  int key_fetches() const { return http_.count("/jwks"); }

  test::FakeClock clock_;
  Log log_{clock_, 2, static_cast<LogLevel>(99)};
  test::FakeRandom random_;
  crypto::KeyRing ring_ =
      std::move(crypto::KeyRing::parse("k1:" + to_base64url(std::string(32, 'a')))).value();
  static inline const fakes::SigningKey key_{"k1"}, next_key_{"k2"};  // slow to make
  std::vector<const fakes::SigningKey*> published_{&key_};
  bool is_down_ = false;
  FormFields exchange_;
  net::HttpResponse token_answer_ = fakes::http_answer(
      200, R"({"access_token":"exchanged-1","token_type":"Bearer","expires_in":300})");
  fakes::FakeHttpClient http_{[this](const auto& request) { return answer(request); }};
  ResourceServer host_{
      provider(), {kIssuer, kAudience, {"RS256"}, {}}, http_, ring_, random_, clock_, log_};
  CallerPtr caller_;
};

TEST_F(ResourceServerTest, KnowsTheCallerByTheToken) {
  const auto valid = host_.access_tokens().validate(token());
  ASSERT_TRUE(valid.ok()) << valid.error().detail;
  EXPECT_EQ(valid->caller->issuer, kIssuer);
  EXPECT_EQ(valid->caller->subject, "user-1");
  EXPECT_EQ(valid->caller->client.str(), "app");
  EXPECT_EQ(valid->caller->scopes, (std::vector<std::string>{"mcp", "x"}));
  EXPECT_EQ(valid->caller->expires_at, clock_.now() + Seconds{3600} + limits::kClockSkew);
  EXPECT_EQ(valid->dpop_jkt, nullptr);
}

TEST_F(ResourceServerTest, KnowsAPersonAgainAndTellsPeopleApart) {
  const auto first = host_.access_tokens().validate(token())->caller;
  const auto later = host_.access_tokens().validate(token({{"jti", "2"}}))->caller;
  EXPECT_EQ(later->principal, first->principal);
  EXPECT_NE(later->grant, first->grant);
  const auto other = host_.access_tokens().validate(token({{"sub", "user-2"}}))->caller;
  EXPECT_NE(other->principal, first->principal);
  EXPECT_EQ(first->principal.str().size(), 36u);
  EXPECT_EQ(first->principal.str()[14], '8');
}

// RFC 9068 §2.1 and §4; PingOne has sent neither until now.
TEST_F(ResourceServerTest, TakesTheTypesOfAccessTokens) {
  for (const char* typ : {"at+jwt", "AT+JWT", "application/at+jwt", "JWT", "jwt"}) {
    EXPECT_EQ(refusal(token({}, {{"typ", typ}})), "") << typ;
  }
  EXPECT_EQ(refusal(key_.sign(json::object{{"alg", "RS256"}, {"kid", "k1"}}, claims())), "");
  for (const json::value& typ : {json::value("logout+jwt"), json::value("id_token+jwt"),
                                 json::value(""), json::value(1), json::value(nullptr)}) {
    EXPECT_EQ(refusal(token({}, {{"typ", typ}})), "typ") << to_json(typ);
  }
}

TEST_F(ResourceServerTest, RefusesAnotherIssuer) {
  EXPECT_EQ(refusal_with("iss", "https://idp.example/as/"), "iss");
  EXPECT_EQ(refusal_with("iss", "https://evil.example"), "iss");
  EXPECT_EQ(refusal_with("iss", nullptr), "iss");
}

TEST_F(ResourceServerTest, TakesItsAudienceAsAStringOrAmongOthers) {
  EXPECT_EQ(refusal_with("aud", kAudience), "");
  EXPECT_EQ(refusal_with("aud", json::array{"https://other.example", kAudience}), "");
  for (const json::value& aud :
       {json::value("https://mcp.example"), json::value("https://mcp.example/mcp/"),
        json::value(json::array{"https://other.example"}), json::value(json::array{}),
        json::value(json::array{5}), json::value(5), json::value(nullptr)}) {
    EXPECT_EQ(refusal_with("aud", aud), "aud") << to_json(aud);
  }
}

TEST_F(ResourceServerTest, ChecksTheTimesWithinTheSkewOfClocks) {
  const std::int64_t now = to_unix(clock_.now());
  EXPECT_EQ(refusal_with("exp", now - 59), "");
  EXPECT_EQ(refusal_with("nbf", now + 60), "");
  for (const json::value& exp : {json::value(now - 60), json::value(now + 365 * 86'400),
                                 json::value("soon"), json::value(nullptr), json::value(-1)}) {
    EXPECT_EQ(refusal_with("exp", exp), "exp, nbf or iat") << to_json(exp);
  }
  EXPECT_EQ(refusal_with("nbf", now + 61), "exp, nbf or iat");
  EXPECT_EQ(refusal_with("nbf", "now"), "exp, nbf or iat");
  EXPECT_EQ(refusal_with("iat", now + 61), "exp, nbf or iat");
}

TEST_F(ResourceServerTest, NeedsAPersonAndAClient) {
  EXPECT_EQ(refusal_with("sub", nullptr), "sub");
  EXPECT_EQ(refusal_with("sub", "app"), "sub");  // a client for itself
  EXPECT_EQ(refusal_with("sub", "a b"), "sub");
  EXPECT_EQ(refusal_with("client_id", nullptr), "client_id");
  EXPECT_EQ(refusal(token({{"client_id", nullptr}, {"azp", "app"}})), "");
}

TEST_F(ResourceServerTest, TakesOnlyTheClientsItIsToldTo) {
  ResourceServer host(provider(), {kIssuer, kAudience, {"RS256"}, {"app-2"}}, http_, ring_, random_,
                      clock_, log_);
  EXPECT_EQ(host.access_tokens().validate(token()).error().detail, "client_id");
  EXPECT_TRUE(host.access_tokens().validate(token({{"client_id", "app-2"}})).ok());
}

TEST_F(ResourceServerTest, ReadsScopesAsWordsOrAsAList) {
  EXPECT_EQ(refusal_with("scope", json::array{"mcp", "x"}), "");
  EXPECT_EQ(host_.access_tokens()
                .validate(token({{"scope", json::array{"a", "b", "a"}}}))
                ->caller->scopes,
            (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(host_.access_tokens().validate(token({{"scope", nullptr}}))->caller->scopes.empty());
  EXPECT_EQ(refusal_with("scope", 5), "scope");
  EXPECT_EQ(refusal_with("scope", json::array{5}), "scope");
  EXPECT_EQ(refusal_with("scope", "a\tb"), "scope");
  std::string many;
  for (int i = 0; i < 257; ++i) many += "s" + std::to_string(i) + ' ';
  EXPECT_EQ(refusal_with("scope", json::value(json::string(many))), "scope");
}

// RFC 9449 §6.1, RFC 7800 §3.1
TEST_F(ResourceServerTest, SaysToWhichKeyATokenIsBound) {
  const auto bound = host_.access_tokens().validate(token({{"cnf", json::object{{"jkt", "abc"}}}}));
  ASSERT_TRUE(bound.ok());
  EXPECT_EQ(*bound->dpop_jkt, "abc");
  for (const json::value& cnf :
       {json::value(json::object{{"x5t#S256", "abc"}}), json::value(json::object{}),
        json::value(json::object{{"jkt", "abc"}, {"x5t#S256", "abc"}}), json::value("abc"),
        json::value(json::object{{"jkt", 5}})}) {
    EXPECT_EQ(refusal_with("cnf", cnf), "cnf") << to_json(cnf);
  }
}

TEST_F(ResourceServerTest, RefusesWhatTheProviderDidNotSign) {
  const fakes::SigningKey forged("k1");
  EXPECT_NE(refusal(forged.sign(json::object{{"alg", "RS256"}, {"kid", "k1"}}, claims())), "");
  std::string none =
      to_base64url(R"({"alg":"none"})") + '.' + to_base64url(to_json(claims())) + '.';
  EXPECT_NE(refusal(none), "");
  EXPECT_NE(refusal(key_.sign(json::object{{"alg", "HS256"}, {"kid", "k1"}}, claims())), "");
  EXPECT_NE(refusal("garbage"), "");
}

TEST_F(ResourceServerTest, RefusesGarbageWithoutAskingForKeys) {
  auto& tokens = host_.access_tokens();
  EXPECT_TRUE(tokens.may_be_live(token()));
  EXPECT_FALSE(tokens.may_be_live("mcp_at_abc"));
  EXPECT_FALSE(tokens.may_be_live("a.b.c"));
  EXPECT_FALSE(tokens.may_be_live(token({}, {{"alg", "none"}})));
  EXPECT_FALSE(tokens.may_be_live(token({{"iss", "https://evil.example"}})));
  EXPECT_FALSE(tokens.may_be_live(token({{"exp", to_unix(clock_.now()) - 60}})));
  EXPECT_FALSE(tokens.may_be_live(token({{"exp", INT64_MIN}})));
  EXPECT_FALSE(tokens.may_be_live(token({{"exp", nullptr}})));
  EXPECT_FALSE(tokens.may_be_live(std::string(limits::kTokenBytesMax + 1, 'a')));
  EXPECT_EQ(key_fetches(), 0);
}

TEST_F(ResourceServerTest, FollowsARotationWhicheverComesFirst) {
  EXPECT_EQ(refusal(token()), "");
  // The new key is used before we have seen it.
  published_ = {&key_, &next_key_};
  const json::object header{{"alg", "RS256"}, {"kid", "k2"}};
  EXPECT_EQ(refusal(next_key_.sign(header, claims())), "");
  EXPECT_EQ(key_fetches(), 2);
  EXPECT_EQ(refusal(token()), "");  // the old one still counts while it is published
  EXPECT_EQ(key_fetches(), 2);
}

TEST_F(ResourceServerTest, AsksForUnknownKeysOnceInAWhile) {
  const json::object header{{"alg", "RS256"}, {"kid", "k2"}};
  for (int i = 0; i < 5; ++i) EXPECT_NE(refusal(next_key_.sign(header, claims())), "");
  EXPECT_EQ(key_fetches(), 2);
  published_ = {&next_key_};
  clock_.advance(limits::kRefetchCoolDown);
  EXPECT_EQ(refusal(next_key_.sign(header, claims())), "");
}

TEST_F(ResourceServerTest, DoesNotCallATokenBadWhenThereAreNoKeys) {
  is_down_ = true;
  EXPECT_EQ(host_.access_tokens().validate(token()).error().code, Code::kUnavailable);
}

// The signature of a known token is not looked at again: with the keys gone it still counts, until
// it expires.
TEST_F(ResourceServerTest, IsAskedOnceForATokenUntilItExpires) {
  oauth::AccessTokenVerifier verifier({limits::kTokenLifetimeMax, 16}, host_.access_tokens(),
                                      clock_);
  const std::string text = token();
  const auto first = verifier.verify(text);
  ASSERT_TRUE(first.ok());
  published_ = {&next_key_};
  clock_.advance(Seconds{3600} + limits::kClockSkew - Seconds{1});
  EXPECT_EQ(verifier.find_cached(text).caller, first->caller);
  clock_.advance(Seconds{1});
  EXPECT_EQ(verifier.find_cached(text), nullptr);
  EXPECT_EQ(verifier.verify(text).error().code, Code::kUnauthorized);
}

TEST_F(ResourceServerTest, GivesPluginsNoTokenUnlessTheyNameAnApi) {
  const GrantId grant = enter(token());
  EXPECT_EQ(host_.api_tokens().find_cached(grant), nullptr);
  EXPECT_EQ(host_.api_tokens().get(grant).error().code, Code::kForbidden);
  EXPECT_EQ(host_.api_tokens().get_newer(grant, 1).error().code, Code::kForbidden);
  EXPECT_EQ(&host_.api_tokens().for_api({}), &host_.api_tokens());
}

TEST_F(ResourceServerTest, ExchangesThePresentedTokenForThatOfAnApi) {
  auto& api = host_.api_tokens().for_api({"https://api.example", "read", false});
  const std::string text = token();
  const GrantId grant = enter(text);
  const auto exchanged = api.get(grant);
  ASSERT_TRUE(exchanged.ok()) << exchanged.error().detail;
  EXPECT_EQ((*exchanged)->access_token.reveal(), "exchanged-1");
  EXPECT_EQ(field("grant_type"), kExchange);
  EXPECT_EQ(field("subject_token"), text);
  EXPECT_EQ(field("audience"), "https://api.example");
  EXPECT_EQ(field("scope"), "read");
  EXPECT_EQ(api.find_cached(grant), *exchanged);
  EXPECT_EQ(*api.get(grant), *exchanged);
  EXPECT_EQ(http_.count("/token"), 1);
}

// A client may hold a token with fewer scopes beside another: what was made from one must not serve
// the other.
TEST_F(ResourceServerTest, ExchangesEachTokenForItself) {
  auto& api = host_.api_tokens().for_api({"https://api.example", "read", false});
  const auto one = host_.access_tokens().validate(token())->caller;
  const auto other = host_.access_tokens().validate(token({{"scope", "mcp"}}))->caller;
  ASSERT_TRUE(api.get(one->grant).ok());
  ASSERT_TRUE(api.get(other->grant).ok());
  EXPECT_EQ(http_.count("/token"), 2);
}

TEST_F(ResourceServerTest, SendsTheClientToANewTokenWhenTheProviderRefusesThisOne) {
  auto& api = host_.api_tokens().for_api({"https://api.example", "read", false});
  const GrantId grant = enter(token());
  token_answer_ = fakes::http_answer(400, R"({"error":"invalid_grant"})");
  EXPECT_EQ(api.get(grant).error().code, Code::kUnauthorized);
  token_answer_ = fakes::http_answer(500, "");
  EXPECT_EQ(api.get(grant).error().code, Code::kUnavailable);
}

// MCP, security best practices: token passthrough.
TEST_F(ResourceServerTest, PassesATokenOnOnlyToAnApiThatTheTokenNames) {
  auto& api = host_.api_tokens().for_api({"https://api.example", "", true});
  const GrantId mine = enter(token());
  EXPECT_EQ(api.get(mine).error().code, Code::kForbidden);
  EXPECT_EQ(api.find_cached(mine), nullptr);
  const std::string both = token({{"aud", json::array{kAudience, "https://api.example"}}});
  const auto passed = api.get(enter(both));
  ASSERT_TRUE(passed.ok());
  EXPECT_EQ((*passed)->access_token.reveal(), both);
  EXPECT_EQ(http_.count("/token"), 0);
  EXPECT_EQ(api.get_newer(caller_->grant, 1).error().code, Code::kUnauthorized);
}

TEST_F(ResourceServerTest, HoldsATokenAsLongAsItsCaller) {
  auto& api = host_.api_tokens().for_api({kAudience, "", true});
  const std::string text = token();
  const GrantId grant = enter(text);
  const CallerPtr again = host_.access_tokens().validate(text)->caller;
  EXPECT_EQ(again, caller_) << "who look a token up at once share what they get";
  caller_.reset();
  EXPECT_TRUE(api.get(grant).ok());
}

TEST(PresentedCallers, AreForgottenWithTheirLastUse) {
  PresentedCallers callers;
  for (int i = 0; i < 5000; ++i) {
    auto caller = std::make_shared<PresentedCaller>();
    caller->grant = GrantId(std::to_string(i));
    callers.keep(std::move(caller));
  }
  EXPECT_LE(callers.size(), 1024u);
  EXPECT_EQ(callers.find(GrantId("4999")), nullptr);
}

}  // namespace
}  // namespace mcph::federation
