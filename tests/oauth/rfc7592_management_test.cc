// RFC 7592: a client manages its own registration; and who may register at all (RFC 7591 §3,
// threats 26 and 27).
#include "oauth/network.h"
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

class Registrations : public OAuthTest {
 protected:
  static Request make_request(Method method, const json::value& body, const std::string& bearer) {
    Request request;
    request.method = method;
    request.peer = "192.0.2.1";
    if (!body.is_null()) {
      request.headers.add("Content-Type", "application/json");
      request.body = to_json(body);
    }
    if (!bearer.empty()) request.headers.add("Authorization", "Bearer " + bearer);
    return request;
  }
  static json::object metadata() {
    return {{"client_name", "Planner"},
            {"redirect_uris", json::array{kRedirect}},
            {"token_endpoint_auth_method", "client_secret_post"}};
  }
  Response register_client(const std::string& bearer = {}, const std::string& peer = "192.0.2.1") {
    Request request = make_request(Method::kPost, metadata(), bearer);
    request.peer = peer;
    return server.register_client(request);
  }
};

class Management : public Registrations {
 protected:
  const json::object registered_ = body_of(register_client());
  const std::string id_ = text(registered_, "client_id");
  const std::string token_ = text(registered_, "registration_access_token");
  const std::string secret_ = text(registered_, "client_secret");

  json::object with(const char* name, json::value value) const {
    json::object all = metadata();
    all["client_id"] = id_;
    all[name] = std::move(value);
    return all;
  }
  Response get(const std::string& bearer, const std::string& id) {
    return server.read_registration(make_request(Method::kGet, nullptr, bearer), id);
  }
  Response put(const json::value& body) {
    return server.update_registration(make_request(Method::kPut, body, token_), id_);
  }
  Response remove(const std::string& bearer) {
    return server.remove_registration(make_request(Method::kDelete, nullptr, bearer), id_);
  }
  Client stored() { return **clients.find(ClientId{id_}); }
};

TEST_F(Management, S3_IsOfferedWithTheRegistration) {
  EXPECT_TRUE(token_.starts_with("mcp_cr_"));
  EXPECT_EQ(text(registered_, "registration_client_uri"), "https://mcp.example/register/" + id_);
  EXPECT_EQ(stored().registration_token_hash, hash_token(token_)) << "only its hash is kept";
}

TEST_F(Management, S2_1_ReadsTheRegistration) {
  const auto response = get(token_, id_);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header(response, "cache-control"), "no-store");
  const auto body = body_of(response);
  EXPECT_EQ(text(body, "client_id"), id_);
  EXPECT_EQ(text(body, "client_name"), "Planner");
  EXPECT_EQ(text(body, "registration_access_token"), token_);
  EXPECT_FALSE(body.contains("client_secret")) << "nobody has it any more";
}

// One answer, so that nobody learns which clients exist.
TEST_F(Management, S2_1_RefusesEveryOtherToken) {
  const auto other = body_of(register_client());
  client.id = ClientId{"admins"};
  const std::string given(format.make(TokenKind::kRegistration, kNeverExpires).reveal());
  client.registration_token_hash = hash_token(given);
  add(client);  // not a dynamic registration
  for (const auto& [bearer, id] : std::vector<std::pair<std::string, std::string>>{
           {text(other, "registration_access_token"), id_},
           {token_, text(other, "client_id")},
           {token_, "nobody"},
           {given, "admins"},
           {secret_, id_},
           {token_ + "x", id_},
           {std::string(32, '\0'), "nobody"}}) {
    const auto response = get(bearer, id);
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(response.body, get("wrong", id_).body);
    EXPECT_TRUE(header(response, "www-authenticate").starts_with("Bearer"));
  }
  EXPECT_EQ(get({}, id_).status, 401);
}

// An access token of a user is no registration access token.
TEST_F(Management, S2_1_RefusesAnAccessToken) {
  EXPECT_EQ(get(text(sign_in(), "access_token"), id_).status, 401);
}

TEST_F(Management, RefusesADisabledClient) {
  Client disabled = stored();
  disabled.disabled = true;
  ASSERT_TRUE(clients.update(disabled).ok());
  EXPECT_EQ(get(token_, id_).status, 401);
  EXPECT_EQ(put(with("client_name", "x")).status, 401);
  EXPECT_EQ(remove(token_).status, 401);
}

TEST_F(Management, S2_2_ReplacesTheMetadata) {
  auto body = with("redirect_uris", json::array{"https://app.example/new"});
  body.erase("client_name");
  body["client_secret"] = secret_;
  const auto response = put(body);
  EXPECT_EQ(response.status, 200) << response.body;
  EXPECT_FALSE(body_of(response).contains("client_name")) << "what is not said is not kept";
  EXPECT_EQ(stored().redirect_uris, std::vector<std::string>{"https://app.example/new"});
  EXPECT_EQ(stored().kind, ClientKind::kDynamic);
  EXPECT_EQ(stored().secret_hashes, std::vector<std::string>{hash_token(secret_)});
  EXPECT_EQ(get(token_, id_).status, 200) << "the token stays";
}

TEST_F(Management, S2_2_RefusesWhatIsTheServersToSay) {
  for (const char* name : {"registration_access_token", "registration_client_uri",
                           "client_secret_expires_at", "client_id_issued_at"}) {
    EXPECT_EQ(error_of(put(with(name, "x"))), "invalid_request") << name;
  }
  EXPECT_EQ(error_of(put(with("client_id", "other"))), "invalid_request");
  EXPECT_EQ(error_of(put(metadata())), "invalid_request") << "client_id is missing";
  EXPECT_EQ(error_of(put(with("client_secret", "chosen"))), "invalid_request");
  EXPECT_EQ(error_of(put(with("client_secret", 7))), "invalid_request");
  EXPECT_EQ(stored().version, 1);
}

TEST_F(Management, S2_2_KeepsTheRulesOfRegistration) {
  EXPECT_EQ(error_of(put(with("redirect_uris", json::array{"http://evil.example/"}))),
            "invalid_redirect_uri");
  EXPECT_EQ(error_of(put(with("token_endpoint_auth_method", "tls_client_auth"))),
            "invalid_client_metadata");
  EXPECT_EQ(put("x").status, 400);
}

TEST_F(Management, S2_2_MakesASecretWhenOneIsNeededForTheFirstTime) {
  ASSERT_EQ(put(with("token_endpoint_auth_method", "none")).status, 200);
  json::object open = metadata();
  open["token_endpoint_auth_method"] = "none";
  const auto made = body_of(server.register_client(make_request(Method::kPost, open, {})));
  open["client_id"] = text(made, "client_id");
  open["token_endpoint_auth_method"] = "client_secret_basic";
  const auto response = server.update_registration(
      make_request(Method::kPut, open, text(made, "registration_access_token")),
      text(made, "client_id"));
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(text(body_of(response), "client_secret").starts_with("mcp_cs_"));
}

TEST_F(Management, S2_3_DeletesTheClientAndThenKnowsItNoMore) {
  EXPECT_EQ(remove("wrong").status, 401);
  const auto response = remove(token_);
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(get(token_, id_).status, 401);
  EXPECT_EQ(remove(token_).status, 401);
  EXPECT_EQ(ask(authorize_fields(id_)).status, 400);
}

TEST_F(Management, IsAskedToTryAgainWhenTheStoreIsAway) {
  clients.broken = true;
  EXPECT_EQ(get(token_, id_).status, 503);
}

class Policy : public Registrations {
 protected:
  Response register_at(const Server& other, const std::string& bearer,
                       const json::value& body = metadata()) {
    return other.register_client(make_request(Method::kPost, body, bearer));
  }
  std::string given(const std::string& name, std::int64_t uses_max) {
    const Secret secret = format.make(TokenKind::kInitialAccess, clock.now() + Seconds{60});
    RegistrationToken token{
        name, hash_token(secret.reveal()), clock.now(), clock.now() + Seconds{60}, uses_max, 0};
    EXPECT_TRUE(registration_tokens.insert(token).ok());
    return std::string(secret.reveal());
  }
  static Settings with_tokens() {
    Settings settings = test_settings();
    settings.registration = Registration::kToken;
    return settings;
  }
  const Server guarded_{with_tokens(), parts};
};

TEST_F(Policy, S3OfRfc7591_AsksForAnInitialAccessTokenWhereOneIsNeeded) {
  const auto response = register_at(guarded_, {});
  EXPECT_EQ(response.status, 401);
  EXPECT_TRUE(header(response, "www-authenticate").starts_with("Bearer"));
  EXPECT_EQ(register_at(guarded_, "wrong").status, 401);
  EXPECT_EQ(register_at(guarded_, given("a", 1)).status, 201);
}

TEST_F(Policy, AnInitialAccessTokenHasItsUsesAndItsTime) {
  const auto twice = given("twice", 2);
  EXPECT_EQ(register_at(guarded_, twice).status, 201);
  EXPECT_EQ(register_at(guarded_, twice, json::object{}).status, 400) << "does not count";
  EXPECT_EQ(register_at(guarded_, twice).status, 201);
  EXPECT_EQ(register_at(guarded_, twice).status, 401);
  const auto late = given("late", 1);
  clock.advance(Seconds{60});
  EXPECT_EQ(register_at(guarded_, late).status, 401);
}

TEST_F(Policy, ServesTheEndpointAndItsManagementUnlessItIsOff) {
  EXPECT_TRUE(body_of(guarded_.server_metadata()).contains("registration_endpoint"));
  Settings off = test_settings();
  off.registration = Registration::kOff;
  const Server closed(off, parts);
  EXPECT_FALSE(body_of(closed.server_metadata()).contains("registration_endpoint"));
  EXPECT_EQ(register_at(closed, given("x", 1)).status, 403);
}

// Threat 26: one network cannot fill the store.
TEST_F(Policy, LimitsTheRegistrationsOfOneNetwork) {
  Settings settings = test_settings();
  settings.registrations_per_hour = 3;
  const Server limited(settings, parts);
  const auto from = [&](const std::string& peer) {
    Request request = make_request(Method::kPost, metadata(), {});
    request.peer = peer;
    return limited.register_client(request);
  };
  for (int i = 0; i < 3; ++i) EXPECT_EQ(from("192.0.2.1").status, 201);
  const auto refused = from("192.0.2.1");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(header(refused, "retry-after"), "600");
  EXPECT_EQ(from("192.0.2.2").status, 201);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(from("2001:db8::" + std::to_string(i)).status, 201);
  EXPECT_EQ(from("2001:db8:0:0:ffff::1").status, 429) << "the same /64";
  EXPECT_EQ(from("2001:db8:0:1::1").status, 201);
  clock.advance(Seconds{3601});
  EXPECT_EQ(from("192.0.2.1").status, 201);
}

TEST_F(Policy, KnowsNetworks) {
  EXPECT_EQ(network_of("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(network_of("::1"), "::/64");
  EXPECT_EQ(network_of("what"), "what");
}

TEST_F(Policy, AnUnusedRegistrationExpires) {
  const auto id = text(body_of(register_client()), "client_id");
  EXPECT_EQ(ask(authorize_fields(id)).status, 200);
  clock.advance(Seconds{24 * 3600});
  EXPECT_EQ(ask(authorize_fields(id)).status, 400);
}

}  // namespace
}  // namespace mcph::oauth
