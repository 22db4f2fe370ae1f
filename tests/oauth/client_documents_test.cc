// draft-ietf-oauth-client-id-metadata-document: clients that are known by a URL.
#include "fakes/ec_signing_key.h"
#include "oauth/budget/limits.h"
#include "oauth/client_documents/document_url.h"
#include "oauth/client_documents/read_document.h"
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

constexpr char kUrl[] = "https://client.example/oauth/metadata.json";

class ClientDocuments : public OAuthTest {
 protected:
  ClientDocuments() { publish(document()); }
  static json::object document() {
    return {{"client_id", kUrl},
            {"client_name", "Trip planner"},
            {"redirect_uris", json::array{kRedirect}}};
  }
  static json::object with(const char* name, json::value value) {
    auto all = document();
    all[name] = std::move(value);
    return all;
  }
  static json::object without(const char* name) {
    auto all = document();
    all.erase(name);
    return all;
  }
  void publish(const json::value& body, std::optional<Seconds> max_age = std::nullopt) {
    documents.pages[kUrl] = {to_json(body), max_age};
  }
  Response ask_for(const std::string& id = kUrl) { return ask(authorize_fields(id)); }
  std::size_t fetches() const { return documents.fetched().size(); }
  static bool is_read(const json::value& body) {
    return read_document(test_settings(), kUrl, to_json(body)).ok();
  }
};

TEST_F(ClientDocuments, S3_NeedNoRegistration) {
  const auto code = code_for(authorize_fields(kUrl));
  const auto response = token(bend(code_fields(code), "client_id", kUrl));
  EXPECT_EQ(response.status, 200) << response.body;
  EXPECT_TRUE(is_live(text(body_of(response), "access_token")));
  EXPECT_EQ(fetches(), 1u) << "it is kept";
}

// Threats 13 and 26: nobody has this host do nothing but fetch.
TEST_F(ClientDocuments, AreFetchedOnlySoOftenForOneNetwork) {
  const auto ask_from = [&](const std::string& peer, int number) {
    const std::string url = "https://client.example/" + std::to_string(number);
    const auto page = with("client_id", json::value(std::string_view(url)));
    documents.pages[url] = ClientDocument{to_json(page), std::nullopt};
    Request request;
    request.method = Method::kGet;
    request.target = "/authorize?" + to_form(authorize_fields(url));
    request.peer = peer;
    return server.authorize(request).status;
  };
  const int most = static_cast<int>(limits::kDocumentFetchesPerMinute);
  for (int i = 0; i < most; ++i) EXPECT_EQ(ask_from("192.0.2.1", i), 200);
  EXPECT_EQ(ask_from("192.0.2.1", most), 503);
  EXPECT_EQ(ask_from("192.0.2.1", 0), 200) << "what is kept costs nothing";
  EXPECT_EQ(ask_from("192.0.2.2", most), 200);
  EXPECT_EQ(fetches(), limits::kDocumentFetchesPerMinute + 1u);
}

TEST_F(ClientDocuments, S6_ShowTheHostTheyCameFromAndNoneThatTheyClaim) {
  publish(with("client_uri", "https://bank.example/"));
  const auto page = ask_for();
  EXPECT_NE(page.body.find("client.example"), std::string::npos);
  EXPECT_EQ(page.body.find("bank.example"), std::string::npos);
}

TEST_F(ClientDocuments, S3_HaveIdentifiersThatAreUnambiguousHttpsUrls) {
  const Settings settings = test_settings();
  for (const char* good : {"https://client.example/a", "https://client.example/a/b.json?c=d",
                           "https://client.example/a%20b", "https://xn--bcher-kva.example/id"}) {
    EXPECT_TRUE(is_document_url(settings, good)) << good;
  }
  for (const char* bad : {"https://client.example",
                          "https://client.example/",
                          "http://client.example/a",
                          "https://client.example/a#b",
                          "https://user@client.example/a",
                          "https://user:pass@client.example/a",
                          "https://client.example/./a",
                          "https://client.example/a/../b",
                          "https://client.example/a/..",
                          "https://client.example/%2e%2e/a",
                          "https://client.example/a%2Fb",
                          "https://client.example:8443/a",
                          "https://client.example:443/a",
                          "https://CLIENT.example/a",
                          "HTTPS://client.example/a",
                          "https://client.example/a b",
                          "https://client.example/a\n",
                          "https:///a",
                          "https://client.example\\@evil.example/a",
                          "http://localhost/a",
                          "https://127.0.0.1:8443/a"}) {
    EXPECT_FALSE(is_document_url(settings, bad)) << bad;
    EXPECT_EQ(ask_for(bad).status, 400) << bad;
  }
  EXPECT_FALSE(is_document_url(settings, "https://client.example/" + std::string(1024, 'x')));
  EXPECT_EQ(fetches(), 0u);
}

TEST_F(ClientDocuments, MayComeFromThisMachineInDevelopmentOnly) {
  Settings settings = test_settings();
  settings.client_documents_on_loopback = true;
  EXPECT_TRUE(is_document_url(settings, "http://127.0.0.1:3000/client.json"));
  EXPECT_TRUE(is_document_url(settings, "http://localhost:3000/client.json"));
  EXPECT_FALSE(is_document_url(settings, "http://192.168.1.1/client.json"));
  EXPECT_FALSE(is_document_url(settings, "http://client.example/a"));
}

// §4.1: or anybody's document could stand in for anybody's client.
TEST_F(ClientDocuments, S4_1_NameTheirOwnUrlByteForByte) {
  EXPECT_TRUE(is_read(document()));
  for (const char* other :
       {"https://client.example/oauth/metadata.json/", "https://Client.example/oauth/metadata.json",
        "https://evil.example/oauth/metadata.json", ""}) {
    EXPECT_FALSE(is_read(with("client_id", other))) << other;
  }
  EXPECT_FALSE(is_read(without("client_id")));
}

TEST_F(ClientDocuments, S4_1_HoldNoSecretAndNoSymmetricMethod) {
  EXPECT_FALSE(is_read(with("client_secret", "x")));
  EXPECT_FALSE(is_read(with("client_secret_expires_at", 0)));
  for (const char* method : {"client_secret_basic", "client_secret_post", "client_secret_jwt"}) {
    EXPECT_FALSE(is_read(with("token_endpoint_auth_method", method))) << method;
  }
  EXPECT_TRUE(is_read(with("token_endpoint_auth_method", "none")));
}

TEST_F(ClientDocuments, KeepTheRulesOfRegistration) {
  EXPECT_FALSE(is_read(without("redirect_uris")));
  EXPECT_FALSE(is_read(without("client_name")));
  EXPECT_FALSE(is_read(with("redirect_uris", json::array{"http://evil.example/"})));
  EXPECT_FALSE(is_read(with("redirect_uris", json::array{"javascript:alert(1)"})));
  EXPECT_FALSE(is_read(with("jwks", json::object{{"keys", json::array{}}})));
  EXPECT_FALSE(is_read(json::array{}));
  EXPECT_FALSE(read_document(test_settings(), kUrl, "{\"client_id\":").ok());
  EXPECT_FALSE(read_document(test_settings(), kUrl, "").ok());
}

TEST_F(ClientDocuments, OfClientsThatAreNotThereAreUnknownClients) {
  documents.pages.clear();
  const auto page = ask_for();
  EXPECT_EQ(page.status, 400);
  EXPECT_EQ(header(page, "location"), "");
  EXPECT_EQ(error_of(token(bend(code_fields("x"), "client_id", kUrl))), "invalid_client");
  EXPECT_EQ(clients.size(), 1u) << "nothing of it is stored";
}

TEST_F(ClientDocuments, ThatCannotBeFetchedNowAreNotUnknown) {
  documents.unreachable = true;
  EXPECT_EQ(ask_for().status, 503);
}

// §4.4
TEST_F(ClientDocuments, S4_4_AreKeptAsTheirServerWishesWithinReason) {
  const std::pair<std::optional<Seconds>, Seconds> wishes[] = {
      {std::nullopt, Seconds{3600}},
      {Seconds{0}, Seconds{300}},
      {Seconds{7200}, Seconds{7200}},
      {Seconds{365 * 86400}, Seconds{86400}},
  };
  for (const auto& [wish, kept] : wishes) {
    publish(document(), wish);
    ASSERT_EQ(ask_for().status, 200);
    const auto before = fetches();
    clock.advance(kept - Seconds{1});
    ASSERT_EQ(ask_for().status, 200);
    EXPECT_EQ(fetches(), before);
    clock.advance(Seconds{1});
    ASSERT_EQ(ask_for().status, 200);
    EXPECT_EQ(fetches(), before + 1);
    clock.advance(Seconds{2 * 86400});
  }
}

TEST_F(ClientDocuments, AreReadAnewWhenTheyChange) {
  ASSERT_EQ(ask_for().status, 200);
  publish(with("redirect_uris", json::array{"https://app.example/new"}));
  clock.advance(Seconds{3600});
  EXPECT_EQ(ask_for().status, 400) << "the old redirect URI is gone";
  EXPECT_EQ(ask(authorize_fields(kUrl, "https://app.example/new")).status, 200);
}

TEST_F(ClientDocuments, ThatWereWithdrawnEndTheClient) {
  ASSERT_EQ(ask_for().status, 200);
  documents.pages.clear();
  clock.advance(Seconds{3600});
  EXPECT_EQ(ask_for().status, 400);
}

TEST_F(ClientDocuments, OutliveAnOutageOfTheirServerForADay) {
  ASSERT_EQ(ask_for().status, 200);
  documents.unreachable = true;
  clock.advance(Seconds{3600});
  EXPECT_EQ(ask_for().status, 200);
  clock.advance(Seconds{24 * 3600});
  EXPECT_EQ(ask_for().status, 503);
}

// An administrator's word stands above the document's.
TEST_F(ClientDocuments, StayBlockedWhateverTheySay) {
  ASSERT_EQ(ask_for().status, 200);
  Client blocked = **clients.find(ClientId{kUrl});
  EXPECT_EQ(blocked.kind, ClientKind::kDocument);
  blocked.disabled = true;
  ASSERT_TRUE(clients.update(blocked).ok());
  clock.advance(Seconds{3600});
  const auto before = fetches();
  EXPECT_EQ(ask_for().status, 400);
  EXPECT_EQ(fetches(), before) << "not even asked for";
}

class SigningDocument : public ClientDocuments {
 protected:
  static constexpr char kKeys[] = "https://keys.example/jwks.json";
  SigningDocument() {
    documents.pages[kKeys] = {to_json(json::object{{"keys", json::array{key_.jwk()}}}), {}};
  }
  json::object signing() const {
    auto all = with("token_endpoint_auth_method", "private_key_jwt");
    all["jwks_uri"] = kKeys;
    return all;
  }
  std::string outcome() {
    const std::int64_t now = to_unix(clock.now());
    const json::object claims{{"iss", kUrl},
                              {"sub", kUrl},
                              {"aud", "https://mcp.example"},
                              {"exp", now + 60},
                              {"jti", std::to_string(++count_)}};
    return error_of(
        token({{"grant_type", "authorization_code"},
               {"code", "x"},
               {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
               {"client_assertion", key_.sign({{"alg", "ES256"}}, claims)}}));
  }
  const fakes::EcSigningKey key_;
  int count_ = 0;
};

TEST_F(SigningDocument, AuthenticatesByTheKeysItNames) {
  publish(signing());
  EXPECT_EQ(outcome(), "invalid_grant") << "the client was believed";
  auto inline_keys = with("token_endpoint_auth_method", "private_key_jwt");
  inline_keys["jwks"] = json::object{{"keys", json::array{key_.jwk()}}};
  publish(inline_keys);
  clock.advance(Seconds{3600});
  EXPECT_EQ(outcome(), "invalid_grant");
}

TEST_F(SigningDocument, IsNotBelievedWithoutItsKeys) {
  auto bad = signing();
  for (const char* uri : {"http://keys.example/jwks", "https://keys.example:8443/jwks",
                          "https://u@keys.example/jwks", "file:///etc/passwd"}) {
    bad["jwks_uri"] = uri;
    EXPECT_FALSE(is_read(bad)) << uri;
  }
  bad["jwks_uri"] = kKeys;
  bad["jwks"] = json::object{{"keys", json::array{key_.jwk()}}};
  EXPECT_FALSE(is_read(bad)) << "which of the two?";
  publish(signing());
  documents.pages[kKeys] = {"{}", {}};
  EXPECT_EQ(outcome(), "invalid_client");
  documents.pages.erase(kKeys);
  EXPECT_EQ(outcome(), "invalid_client");
}

// A confidential client that dropped its proof would be anybody.
TEST_F(SigningDocument, IsNotAPublicClientAtTheSameTime) {
  publish(signing());
  EXPECT_EQ(error_of(token(bend(code_fields("x"), "client_id", kUrl))), "invalid_client");
}

TEST_F(ClientDocuments, AreAnnouncedAndCanBeSwitchedOff) {
  EXPECT_TRUE(
      body_of(server.server_metadata()).at("client_id_metadata_document_supported").as_bool());
  Settings settings = test_settings();
  settings.client_documents = false;
  const Server without_documents(settings, parts);
  EXPECT_FALSE(body_of(without_documents.server_metadata())
                   .contains("client_id_metadata_document_supported"));
  Request request;
  request.method = Method::kGet;
  request.target = "/authorize?" + to_form(authorize_fields(kUrl));
  EXPECT_EQ(without_documents.authorize(request).status, 400);
  EXPECT_EQ(fetches(), 0u);
}

}  // namespace
}  // namespace mcph::oauth
