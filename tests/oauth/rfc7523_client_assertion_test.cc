// RFC 7523: client authentication by a signed JWT (private_key_jwt), and the keys it needs
// (RFC 7591 §2).
#include <thread>

#include "fakes/ec_signing_key.h"
#include "fakes/signing_key.h"
#include "oauth/registration/metadata.h"
#include "oauth/token/client_assertion.h"
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

constexpr char kType[] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

class ClientAssertionTest : public OAuthTest {
 protected:
  ClientAssertionTest() {
    client.id = ClientId{"signer"};
    client.auth_method = AuthMethod::kPrivateKeyJwt;
    json::object set{{"keys", json::array{ec_.jwk(), json::parse(rsa_.jwk())}}};
    client.jwks = to_json(set);
    add(client);
  }
  json::object claims() {
    const std::int64_t now = to_unix(clock.now());
    return {{"iss", "signer"}, {"sub", "signer"}, {"aud", "https://mcp.example"},
            {"iat", now},      {"exp", now + 60}, {"jti", std::to_string(++count_)}};
  }
  json::object without(const char* name) {
    auto all = claims();
    all.erase(name);
    return all;
  }
  json::object with(const char* name, json::value value) {
    auto all = claims();
    all[name] = std::move(value);
    return all;
  }
  std::string sign(const json::object& all) { return ec_.sign({{"alg", "ES256"}}, all); }
  // What the token endpoint thinks of the assertion: any code is wrong, so a client that was
  // believed is told invalid_grant.
  Response present(const std::string& assertion, FormFields more = {}) {
    FormFields fields{{"grant_type", "authorization_code"},
                      {"code", "x"},
                      {"client_assertion_type", kType},
                      {"client_assertion", assertion}};
    fields.insert(fields.end(), more.begin(), more.end());
    return token(fields);
  }
  // As the first try of a client.
  std::string outcome(const std::string& assertion) {
    lockouts.clear();
    return error_of(present(assertion));
  }

  const fakes::EcSigningKey ec_;
  const fakes::SigningKey rsa_{"rsa"};
  int count_ = 0;
};

TEST_F(ClientAssertionTest, S2_2_AuthenticatesTheClient) {
  EXPECT_EQ(outcome(sign(claims())), "invalid_grant");
  EXPECT_EQ(outcome(rsa_.sign(claims())), "invalid_grant") << "RS256";
}

TEST_F(ClientAssertionTest, S2_2_WorksAtEveryEndpointForClients) {
  const auto fields = [&] {
    return FormFields{
        {"token", "x"}, {"client_assertion_type", kType}, {"client_assertion", sign(claims())}};
  };
  EXPECT_EQ(server.revoke_token(form_request(fields())).status, 200);
  EXPECT_EQ(server.introspect_token(form_request(fields())).status, 200);
}

TEST_F(ClientAssertionTest, S3_3_IsForUsByOurIssuerOrOurTokenEndpoint) {
  for (const json::value& audience :
       {json::value("https://mcp.example"), json::value("https://mcp.example/token"),
        json::value("https://mcp.example/par"), json::value(json::array{"https://mcp.example"})}) {
    EXPECT_EQ(outcome(sign(with("aud", audience))), "invalid_grant") << audience;
  }
}

// Threat: an assertion made for another server is passed on to this one.
TEST_F(ClientAssertionTest, S3_3_RefusesOneThatIsForSomebodyElseToo) {
  for (const json::value& audience :
       {json::value("https://other.example"), json::value("https://mcp.example/"),
        json::value("https://mcp.example/mcp"), json::value("https://MCP.example"),
        json::value(json::array{"https://mcp.example", "https://other.example"}),
        json::value(json::array{}), json::value(7), json::value(nullptr)}) {
    EXPECT_EQ(outcome(sign(with("aud", audience))), "invalid_client") << audience;
  }
  EXPECT_EQ(outcome(sign(without("aud"))), "invalid_client");
}

TEST_F(ClientAssertionTest, S3_1_2_NamesTheClientAsIssuerAndSubject) {
  for (const char* name : {"iss", "sub"}) {
    EXPECT_EQ(outcome(sign(without(name))), "invalid_client") << name;
    EXPECT_EQ(outcome(sign(with(name, "client-1"))), "invalid_client") << name;
    EXPECT_EQ(outcome(sign(with(name, json::array{"signer"}))), "invalid_client") << name;
  }
}

TEST_F(ClientAssertionTest, S3_4_5_6_LivesNowAndNotForLong) {
  const std::int64_t now = to_unix(clock.now());
  EXPECT_EQ(outcome(sign(with("exp", now + 300))), "invalid_grant");
  EXPECT_EQ(outcome(sign(with("exp", now + 331))), "invalid_client") << "beyond five minutes";
  EXPECT_EQ(outcome(sign(with("exp", now))), "invalid_client") << "expired";
  EXPECT_EQ(outcome(sign(with("exp", "soon"))), "invalid_client");
  EXPECT_EQ(outcome(sign(without("exp"))), "invalid_client");
  EXPECT_EQ(outcome(sign(with("nbf", now + 30))), "invalid_grant") << "a clock may be ahead";
  EXPECT_EQ(outcome(sign(with("nbf", now + 31))), "invalid_client");
  EXPECT_EQ(outcome(sign(with("iat", now + 31))), "invalid_client");
  EXPECT_EQ(outcome(sign(with("iat", "then"))), "invalid_client");
}

// Threat 39: replay.
TEST_F(ClientAssertionTest, S3_7_IsGoodOnce) {
  const std::string assertion = sign(claims());
  EXPECT_EQ(outcome(assertion), "invalid_grant");
  EXPECT_EQ(outcome(assertion), "invalid_client");
  auto again = claims();
  again["jti"] = "1";
  EXPECT_EQ(outcome(sign(again)), "invalid_client") << "signed anew, but the id was used";
}

TEST_F(ClientAssertionTest, S3_7_HasAnId) {
  EXPECT_EQ(outcome(sign(without("jti"))), "invalid_client");
  EXPECT_EQ(outcome(sign(with("jti", ""))), "invalid_client");
  EXPECT_EQ(outcome(sign(with("jti", std::string(257, 'x').c_str()))), "invalid_client");
  EXPECT_EQ(replays.size(), 0u);
}

TEST_F(ClientAssertionTest, S3_7_OneOfAThousandRacersWins) {
  const std::string assertion = sign(claims());
  std::atomic<int> winners{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 125; ++n) winners += outcome(assertion) == "invalid_grant" ? 1 : 0;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(winners, 1);
}

TEST_F(ClientAssertionTest, S3_7_TwoClientsMayHaveTheSameId) {
  const fakes::EcSigningKey key;
  client.id = ClientId{"second"};
  client.jwks = to_json(json::object{{"keys", json::array{key.jwk()}}});
  add(client);
  const auto first = claims();
  auto second = first;
  second["iss"] = second["sub"] = "second";
  EXPECT_EQ(outcome(sign(first)), "invalid_grant");
  EXPECT_EQ(outcome(key.sign({{"alg", "ES256"}}, second)), "invalid_grant");
}

TEST_F(ClientAssertionTest, S3_9_IsSignedByAKeyOfTheClientWithAnAlgorithmForKeys) {
  const fakes::EcSigningKey foreign;
  EXPECT_EQ(outcome(foreign.sign({{"alg", "ES256"}}, claims())), "invalid_client");
  EXPECT_EQ(outcome(ec_.sign({{"alg", "ES384"}}, claims())), "invalid_client");
  EXPECT_EQ(outcome(rsa_.sign({{"alg", "PS256"}, {"kid", "rsa"}}, claims())), "invalid_client");
  EXPECT_EQ(outcome(rsa_.sign({{"alg", "ES256"}, {"kid", "rsa"}}, claims())), "invalid_client");
  EXPECT_EQ(outcome(ec_.sign({{"alg", "ES256"}, {"crit", json::array{"x"}}}, claims())),
            "invalid_client");
  // The confusion of public key and HMAC secret, and no signature at all.
  for (const char* alg : {"none", "HS256"}) {
    const std::string input =
        to_base64url(to_json(json::object{{"alg", alg}})) + '.' + to_base64url(to_json(claims()));
    const std::string tag = crypto::hmac_sha256(Secret(client.jwks), input);
    EXPECT_EQ(outcome(input + '.' + to_base64url(tag)), "invalid_client") << alg;
    EXPECT_EQ(outcome(input + '.'), "invalid_client") << alg;
  }
}

TEST_F(ClientAssertionTest, S3_10_IsWellFormed) {
  for (const char* bad : {"x", "a.b", "a.b.c", "..", "e30.e30.", "!.!.!"}) {
    EXPECT_EQ(outcome(bad), "invalid_client") << bad;
  }
  std::string bent = sign(claims());
  bent[bent.size() / 2] = bent[bent.size() / 2] == 'A' ? 'B' : 'A';
  EXPECT_EQ(outcome(bent), "invalid_client");
}

// RFC 7521 §4.2
TEST_F(ClientAssertionTest, S2_2_ComesWithItsTypeAndNothingElse) {
  EXPECT_EQ(
      error_of(token({{"grant_type", "authorization_code"}, {"client_assertion", sign(claims())}})),
      "invalid_request");
  EXPECT_EQ(
      error_of(token({{"grant_type", "authorization_code"}, {"client_assertion_type", kType}})),
      "invalid_request");
  EXPECT_EQ(error_of(token({{"grant_type", "authorization_code"},
                            {"client_assertion", sign(claims())},
                            {"client_assertion_type", "saml2-bearer"}})),
            "invalid_request");
  EXPECT_EQ(error_of(present(sign(claims()), {{"client_id", "signer"}})), "invalid_grant");
  EXPECT_EQ(error_of(present(sign(claims()), {{"client_id", "client-1"}})), "invalid_request");
  EXPECT_EQ(error_of(present(sign(claims()), {{"client_secret", "x"}})), "invalid_request");
}

// RFC 6749 §2.3: the method a client registered, and no other.
TEST_F(ClientAssertionTest, IsNoWayInForClientsWithAnotherMethodNorAnotherWayInForThisOne) {
  auto all = claims();
  all["iss"] = all["sub"] = "client-1";
  EXPECT_EQ(outcome(sign(all)), "invalid_client");
  all["iss"] = all["sub"] = "nobody";
  EXPECT_EQ(outcome(sign(all)), "invalid_client");
  EXPECT_EQ(error_of(token({{"grant_type", "authorization_code"}, {"client_id", "signer"}})),
            "invalid_client");
}

TEST_F(ClientAssertionTest, AsksToTryAgainWhenNobodyKnowsWhetherItWasUsed) {
  replays.broken = true;
  EXPECT_EQ(present(sign(claims())).status, 503);
}

class ClientKeys : public ClientAssertionTest {
 protected:
  std::string refusal_of(const char* name, json::value value) {
    json::object metadata{{"redirect_uris", json::array{kRedirect}},
                          {"token_endpoint_auth_method", "private_key_jwt"},
                          {"jwks", json::object{{"keys", json::array{ec_.jwk()}}}}};
    metadata[name] = std::move(value);
    const auto read = read_metadata(test_settings(), metadata);
    const auto* refusal = std::get_if<Refusal>(&read);
    return refusal == nullptr ? "" : refusal->error;
  }
  json::object key_with(const char* name, json::value value) {
    auto key = ec_.jwk();
    key[name] = std::move(value);
    return {{"keys", json::array{key}}};
  }
};

TEST_F(ClientKeys, S2OfRfc7591_AreRegisteredWithTheClient) {
  Request request;
  request.method = Method::kPost;
  request.headers.add("Content-Type", "application/json");
  request.body = to_json(json::object{{"redirect_uris", json::array{kRedirect}},
                                      {"token_endpoint_auth_method", "private_key_jwt"},
                                      {"jwks", json::parse(client.jwks)}});
  const auto response = server.register_client(request);
  EXPECT_EQ(response.status, 201);
  const auto body = body_of(response);
  EXPECT_EQ(to_json(body.at("jwks")), client.jwks);
  EXPECT_FALSE(body.contains("client_secret"));
  auto all = claims();
  all["iss"] = all["sub"] = text(body, "client_id");
  EXPECT_EQ(outcome(sign(all)), "invalid_grant");
}

TEST_F(ClientKeys, S2OfRfc7591_AreNeededForAssertions) {
  EXPECT_EQ(refusal_of("jwks", nullptr), "invalid_client_metadata");
  EXPECT_EQ(refusal_of("token_endpoint_auth_method", "none"), "");
}

TEST_F(ClientKeys, AreAFewPublicOnesThatCanBeUsed) {
  json::array many;
  for (int i = 0; i < 9; ++i) many.emplace_back(ec_.jwk());
  for (const json::value& bad :
       {json::value("x"), json::value(json::object{}),
        json::value(json::object{{"keys", json::array{}}}),
        json::value(json::object{{"keys", json::array{7}}}),
        json::value(json::object{{"keys", many}}), json::value(key_with("crv", "P-521")),
        json::value(key_with("x", "AAAA")), json::value(key_with("use", "enc")),
        json::value(key_with("d", "AAAA")),
        json::value(key_with("junk", std::string(17000, 'x').c_str()))}) {
    EXPECT_EQ(refusal_of("jwks", bad), "invalid_client_metadata") << bad;
  }
}

TEST_F(ClientKeys, AreNeverFetchedForARegistration) {
  EXPECT_EQ(refusal_of("jwks_uri", "https://client.example/jwks"), "invalid_client_metadata");
}

// Threat 25: a signature is computed for a client that does not exist, too.
TEST_F(ClientAssertionTest, CostsAnUnknownClientTheSameCheck) {
  const char kWrong[] = "the token's signature is wrong";
  EXPECT_EQ(check_nobodys_assertion(sign(claims())).error().message, kWrong) << "ES256";
  EXPECT_EQ(check_nobodys_assertion(rsa_.sign(claims())).error().message, kWrong) << "RS256";
  EXPECT_EQ(outcome(sign(with("sub", "nobody"))), "invalid_client");
  for (const char* header : {R"({"alg":"ES256","kid":7})", R"({"alg":"none"})", "{}"}) {
    const std::string token =
        to_base64url(header) + '.' + to_base64url(R"({"sub":"nobody"})") + ".AA";
    EXPECT_EQ(outcome(token), "invalid_client") << header;
  }
}

}  // namespace
}  // namespace mcph::oauth
