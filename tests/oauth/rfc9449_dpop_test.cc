// RFC 9449: tokens that are bound to a key of the client, and the proofs it makes with that key.
#include <thread>

#include "crypto/jwk_thumbprint.h"
#include "fakes/ec_signing_key.h"
#include "fakes/signing_key.h"
#include "oauth/dpop/proof.h"
#include "oauth/grant_types.h"
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

constexpr char kTokenUrl[] = "https://mcp.example/token";

class Dpop : public OAuthTest {
 protected:
  json::object header_of(const fakes::EcSigningKey& key) const {
    return {{"typ", "dpop+jwt"}, {"alg", "ES256"}, {"jwk", key.jwk()}};
  }
  json::object claims() {
    return {{"jti", std::to_string(++count_)},
            {"htm", "POST"},
            {"htu", kTokenUrl},
            {"iat", to_unix(clock.now())},
            {"nonce", dpop.make_nonce()}};
  }
  json::object with(const char* name, json::value value) {
    auto all = claims();
    all[name] = std::move(value);
    return all;
  }
  json::object without(const char* name) {
    auto all = claims();
    all.erase(name);
    return all;
  }
  std::string proof(const json::object& claims) { return key_.sign(header_of(key_), claims); }
  Response token_with(const FormFields& fields, const std::string& proof) {
    Request request = form_request(fields);
    request.headers.add("DPoP", proof);
    return server.exchange_token(request);
  }
  // What the token endpoint thinks of the proof: any code is wrong, so a good proof is followed by
  // invalid_grant.
  std::string outcome(const std::string& proof) {
    return error_of(token_with(code_fields("x"), proof));
  }
  json::object bound_tokens() {
    const auto code = code_for();
    return body_of(token_with(code_fields(code), proof(claims())));
  }
  std::string jkt_of(const fakes::EcSigningKey& key) const {
    return *crypto::make_jwk_thumbprint(key.jwk());
  }

  const fakes::EcSigningKey key_, other_;
  int count_ = 0;
};

TEST_F(Dpop, S5_BindsTheTokenToTheKey) {
  const auto code = code_for();
  const auto response = token_with(code_fields(code), proof(claims()));
  ASSERT_EQ(response.status, 200) << response.body;
  const auto body = body_of(response);
  EXPECT_EQ(text(body, "token_type"), "DPoP");
  EXPECT_NE(header(response, "dpop-nonce"), "") << "§8.2";
  const auto verified = verifier.verify(text(body, "access_token"));
  ASSERT_TRUE(verified.ok());
  ASSERT_NE(verified->dpop_jkt, nullptr);
  EXPECT_EQ(*verified->dpop_jkt, jkt_of(key_));
  EXPECT_EQ(*verifier.find_cached(text(body, "access_token")).dpop_jkt, jkt_of(key_));
}

TEST_F(Dpop, S5_IsNoMatterForClientsThatDoNotAskForIt) {
  const auto body = sign_in();
  EXPECT_EQ(text(body, "token_type"), "Bearer");
  EXPECT_EQ(verifier.verify(text(body, "access_token"))->dpop_jkt, nullptr);
}

TEST_F(Dpop, S4_3_AcceptsEveryAlgorithmItPromises) {
  EXPECT_EQ(outcome(proof(claims())), "invalid_grant");
  const fakes::SigningKey rsa("k");
  const json::object header{{"typ", "dpop+jwt"}, {"alg", "RS256"}, {"jwk", json::parse(rsa.jwk())}};
  EXPECT_EQ(outcome(rsa.sign(header, claims())), "invalid_grant");
  EXPECT_EQ(to_json(body_of(server.server_metadata()).at("dpop_signing_alg_values_supported")),
            R"(["ES256","RS256"])");
}

TEST_F(Dpop, S4_3_RefusesAProofOfAnotherForm) {
  EXPECT_EQ(outcome("x"), "invalid_dpop_proof");
  EXPECT_EQ(outcome(std::string(9000, 'x')), "invalid_dpop_proof");
  const auto sign = [&](const char* name, json::value value) {
    auto header = header_of(key_);
    header[name] = std::move(value);
    return key_.sign(header, claims());
  };
  EXPECT_EQ(outcome(sign("typ", "JWT")), "invalid_dpop_proof");
  EXPECT_EQ(outcome(sign("alg", "none")), "invalid_dpop_proof");
  EXPECT_EQ(outcome(sign("alg", "HS256")), "invalid_dpop_proof");
  EXPECT_EQ(outcome(sign("jwk", nullptr)), "invalid_dpop_proof");
  EXPECT_EQ(outcome(sign("jwk", other_.jwk())), "invalid_dpop_proof") << "signed by another key";
  auto private_key = key_.jwk();
  private_key["d"] = "AAAA";
  EXPECT_EQ(outcome(sign("jwk", private_key)), "invalid_dpop_proof");
  json::object symmetric{{"kty", "oct"}, {"k", "AAAA"}};
  EXPECT_EQ(outcome(sign("jwk", symmetric)), "invalid_dpop_proof");
  EXPECT_EQ(outcome(sign("crit", json::array{"x"})), "invalid_dpop_proof");
  Request twice = form_request(code_fields("x"));
  twice.headers.add("DPoP", proof(claims()));
  twice.headers.add("DPoP", proof(claims()));
  EXPECT_EQ(error_of(server.exchange_token(twice)), "invalid_dpop_proof");
}

TEST_F(Dpop, S4_3_RefusesAProofForAnotherRequest) {
  EXPECT_EQ(outcome(proof(with("htm", "GET"))), "invalid_dpop_proof");
  EXPECT_EQ(outcome(proof(without("htm"))), "invalid_dpop_proof");
  for (const char* url : {"https://mcp.example/mcp", "https://mcp.example/token/",
                          "https://evil.example/token", "http://mcp.example/token",
                          "https://mcp.example:8443/token", "https://u@mcp.example/token", "x"}) {
    EXPECT_EQ(outcome(proof(with("htu", url))), "invalid_dpop_proof") << url;
  }
  EXPECT_EQ(outcome(proof(without("htu"))), "invalid_dpop_proof");
  for (const char* url : {"https://MCP.example/token", "https://mcp.example:443/token",
                          "https://mcp.example/token?a=b#c"}) {
    EXPECT_EQ(outcome(proof(with("htu", url))), "invalid_grant") << url;
  }
}

TEST_F(Dpop, S4_3_RefusesAProofOfAnotherTime) {
  const std::int64_t now = to_unix(clock.now());
  EXPECT_EQ(outcome(proof(with("iat", now - 300))), "invalid_grant");
  EXPECT_EQ(outcome(proof(with("iat", now + 60))), "invalid_grant");
  EXPECT_EQ(outcome(proof(with("iat", now - 301))), "invalid_dpop_proof");
  EXPECT_EQ(outcome(proof(with("iat", now + 61))), "invalid_dpop_proof");
  EXPECT_EQ(outcome(proof(with("iat", "now"))), "invalid_dpop_proof");
  EXPECT_EQ(outcome(proof(without("iat"))), "invalid_dpop_proof");
}

// §11.1, threat 39: replay, on any host.
TEST_F(Dpop, S11_1_AcceptsAProofOnce) {
  const auto once = proof(claims());
  EXPECT_EQ(outcome(once), "invalid_grant");
  EXPECT_EQ(outcome(once), "invalid_dpop_proof");
  EXPECT_EQ(outcome(proof(without("jti"))), "invalid_dpop_proof");
  EXPECT_EQ(outcome(proof(with("jti", ""))), "invalid_dpop_proof");
  EXPECT_EQ(outcome(proof(with("jti", std::string(257, 'x').c_str()))), "invalid_dpop_proof");
}

TEST_F(Dpop, S11_1_OneOfManyRacersWins) {
  const auto once = proof(claims());
  std::atomic<int> winners{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 8; ++n) winners += outcome(once) == "invalid_grant" ? 1 : 0;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(winners, 1);
}

TEST_F(Dpop, S8_AsksForANonceAndSaysWhich) {
  for (const auto& bad : {without("nonce"), with("nonce", "x"), with("nonce", 7)}) {
    const auto response = token_with(code_fields("x"), proof(bad));
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(error_of(response), "use_dpop_nonce");
    const std::string nonce = header(response, "dpop-nonce");
    ASSERT_NE(nonce, "");
    EXPECT_EQ(outcome(proof(with("nonce", nonce.c_str()))), "invalid_grant");
  }
}

// §11.2: proofs made in advance.
TEST_F(Dpop, S11_2_LetsANonceGrowOld) {
  const std::string nonce = dpop.make_nonce();
  clock.advance(Seconds{300});
  EXPECT_EQ(outcome(proof(with("nonce", nonce.c_str()))), "invalid_grant");
  clock.advance(Seconds{1});
  EXPECT_EQ(outcome(proof(with("nonce", nonce.c_str()))), "use_dpop_nonce");
}

TEST_F(Dpop, S8_ANonceOfAnyHostIsGood) {
  const DpopVerifier other_host(keys, random, replays, clock);
  EXPECT_EQ(outcome(proof(with("nonce", other_host.make_nonce().c_str()))), "invalid_grant");
}

// A refused proof does not cost the client its code.
TEST_F(Dpop, S8_IsAskedBeforeTheCodeIsUsedUp) {
  const auto code = code_for();
  EXPECT_EQ(error_of(token_with(code_fields(code), proof(without("nonce")))), "use_dpop_nonce");
  EXPECT_EQ(token_with(code_fields(code), proof(claims())).status, 200);
}

TEST_F(Dpop, S5_BindsTheRefreshTokenOfAPublicClient) {
  const auto refresh = text(bound_tokens(), "refresh_token");
  EXPECT_EQ(error_of(token(refresh_fields(refresh))), "invalid_grant");
  EXPECT_EQ(error_of(token_with(refresh_fields(refresh), other_.sign(header_of(other_), claims()))),
            "invalid_grant");
  const auto response = token_with(refresh_fields(refresh), proof(claims()));
  ASSERT_EQ(response.status, 200) << "the thief's attempts did not end it";
  EXPECT_EQ(text(body_of(response), "token_type"), "DPoP");
  const auto next = text(body_of(response), "refresh_token");
  EXPECT_EQ(error_of(token(refresh_fields(next))), "invalid_grant") << "nor is the next one free";
}

TEST_F(Dpop, S5_LetsAConfidentialClientChangeItsKey) {
  client.id = ClientId{"confidential"};
  client.auth_method = AuthMethod::kPost;
  client.secret_hashes = {crypto::sha256("s3cret")};
  add(client);
  const auto own = [](FormFields fields) {
    return bend(bend(std::move(fields), "client_id", "confidential"), "client_secret", "s3cret");
  };
  const auto code = code_for(authorize_fields("confidential"));
  const auto first = body_of(token_with(own(code_fields(code)), proof(claims())));
  const auto second = token_with(own(refresh_fields(text(first, "refresh_token"))),
                                 other_.sign(header_of(other_), claims()));
  ASSERT_EQ(second.status, 200) << second.body;
  EXPECT_EQ(*verifier.verify(text(body_of(second), "access_token"))->dpop_jkt, jkt_of(other_));
}

// §10: a stolen code is of no use without the key.
TEST_F(Dpop, S10_BindsTheCode) {
  auto fields = authorize_fields();
  fields.emplace_back("dpop_jkt", jkt_of(key_));
  const auto code = code_for(fields);
  EXPECT_EQ(error_of(token(code_fields(code))), "invalid_grant");
  EXPECT_EQ(error_of(token_with(code_fields(code), other_.sign(header_of(other_), claims()))),
            "invalid_grant");
  EXPECT_EQ(token_with(code_fields(code), proof(claims())).status, 200);
  for (const char* bad : {"x", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw", "!!!"}) {
    EXPECT_EQ(answer_of(ask(bend(fields, "dpop_jkt", bad))).at("error"), "invalid_request") << bad;
  }
}

TEST_F(Dpop, S5_2_IsDemandedOfAClientThatRegisteredSo) {
  client.id = ClientId{"always"};
  client.dpop_bound = true;
  add(client);
  const auto fields =
      bend(code_fields(code_for(authorize_fields("always"))), "client_id", "always");
  EXPECT_EQ(error_of(token(fields)), "invalid_dpop_proof");
  EXPECT_EQ(token_with(fields, proof(claims())).status, 200);
}

TEST_F(Dpop, S6_2_IsToldToAResourceServer) {
  Client api;
  api.id = ClientId{"api"};
  api.kind = ClientKind::kResourceServer;
  api.auth_method = AuthMethod::kPost;
  api.secret_hashes = {crypto::sha256("s3cret")};
  add(api);
  const auto access = text(bound_tokens(), "access_token");
  const auto body = body_of(server.introspect_token(
      form_request({{"token", access}, {"client_id", "api"}, {"client_secret", "s3cret"}})));
  EXPECT_EQ(text(body, "token_type"), "DPoP");
  EXPECT_EQ(to_json(body.at("cnf")), R"({"jkt":")" + jkt_of(key_) + "\"}");
}

// A bound token is not laundered into one that anybody could use.
TEST_F(Dpop, SurvivesTokenExchange) {
  client.id = ClientId{"exchanger"};
  client.grant_types.emplace_back(kTokenExchangeGrant);
  add(client);
  const auto code = code_for(authorize_fields("exchanger"));
  const auto first =
      body_of(token_with(bend(code_fields(code), "client_id", "exchanger"), proof(claims())));
  const FormFields fields{{"grant_type", std::string(kTokenExchangeGrant)},
                          {"client_id", "exchanger"},
                          {"subject_token", text(first, "access_token")},
                          {"subject_token_type", "urn:ietf:params:oauth:token-type:access_token"}};
  EXPECT_EQ(error_of(token(fields)), "invalid_dpop_proof");
  EXPECT_EQ(error_of(token_with(fields, other_.sign(header_of(other_), claims()))),
            "invalid_dpop_proof");
  const auto narrow = body_of(token_with(fields, proof(claims())));
  EXPECT_EQ(*verifier.verify(text(narrow, "access_token"))->dpop_jkt, jkt_of(key_));
}

TEST_F(Dpop, AsksToTryAgainWhenNobodyKnowsWhetherAProofWasUsed) {
  const auto good = proof(claims());
  replays.broken = true;
  EXPECT_EQ(token_with(code_fields("x"), good).status, 503);
}

// RFC 7638 §3.1
TEST(JwkThumbprint, IsTheOneOfTheRfc) {
  const auto jwk = json::parse(
      R"({"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aP)"
      R"(FFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v)"
      R"(-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bF)"
      R"(TWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQ)"
      R"(AB","alg":"RS256","kid":"2011-04-29"})");
  EXPECT_EQ(crypto::make_jwk_thumbprint(jwk.as_object()),
            "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
  EXPECT_EQ(crypto::make_jwk_thumbprint({{"kty", "oct"}, {"k", "AAAA"}}), std::nullopt);
  EXPECT_EQ(crypto::make_jwk_thumbprint({{"kty", "EC"}, {"x", 7}}), std::nullopt);
}

}  // namespace
}  // namespace mcph::oauth
