#include "admin/clients.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "admin/documents.h"
#include "fakes/memory_client_store.h"
#include "oauth/token_format.h"
#include "support/fake_clock.h"
#include "support/fake_random.h"

namespace mcph::admin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ClientsTest : public ::testing::Test {
 protected:
  static oauth::Settings make_settings() {
    oauth::Settings settings;
    settings.issuer = "https://mcp.example";
    settings.resource = "https://mcp.example/mcp";
    settings.scopes = {{"mcp", "Use the tools"}, {"more", "And more"}};
    return settings;
  }
  NewClient create(std::string_view more = {}) {
    auto made = clients_.create(metadata(more));
    EXPECT_TRUE(made.ok()) << made.error().message;
    return *std::move(made);
  }
  static json::object metadata(std::string_view more) {
    json::object all{{"client_name", "Test"},
                     {"redirect_uris", json::array{"https://client.example/cb"}}};
    if (more.empty()) return all;
    const json::value parsed = json::parse(more);
    for (const auto& member : parsed.as_object()) all[member.key()] = member.value();
    return all;
  }
  std::string refusal_of(std::string_view more) {
    const auto made = clients_.create(metadata(more));
    EXPECT_FALSE(made.ok());
    if (made.ok()) return {};
    EXPECT_EQ(made.error().code, Code::kInvalid);
    return made.error().message;
  }
  static json::object object(std::string_view text) { return json::parse(text).as_object(); }

  test::FakeClock clock_;
  test::FakeRandom random_;
  test::MemoryClientStore store_;
  const oauth::Settings settings_ = make_settings();
  Clients clients_{store_, settings_, clock_, random_};
};

TEST_F(ClientsTest, MakesAResourceServerThatCanNeverBeGivenAToken) {
  const auto made =
      clients_.create(object(R"({"kind":"resource_server","client_name":"To-do API"})"));
  ASSERT_TRUE(made.ok()) << made.error().message;
  EXPECT_EQ(made->client.kind, oauth::ClientKind::kResourceServer);
  EXPECT_FALSE(made->secret.empty());
  EXPECT_TRUE(made->client.grant_types.empty());
  EXPECT_TRUE(made->client.redirect_uris.empty());
  EXPECT_FALSE(make_document(made->client).contains("redirect_uris"));
  const auto renamed =
      clients_.update(made->client.id, 1, object(R"({"client_name":"To-do API 2"})"));
  ASSERT_TRUE(renamed.ok()) << renamed.error().message;
  EXPECT_EQ(renamed->kind, oauth::ClientKind::kResourceServer);
  EXPECT_EQ(renamed->name, "To-do API 2");
  for (const char* patch : {R"({"redirect_uris":["https://a.example"]})", R"({"kind":"admin"})",
                            R"({"token_endpoint_auth_method":"none"})", R"({"scope":"mcp"})"}) {
    EXPECT_FALSE(clients_.update(made->client.id, 2, object(patch)).ok()) << patch;
  }
}

TEST_F(ClientsTest, CannotSayWhatADocumentSays) {
  oauth::Client client;
  client.id = ClientId{"https://client.example/a"};
  client.kind = oauth::ClientKind::kDocument;
  client.redirect_uris = {"https://client.example/cb"};
  ASSERT_TRUE(store_.insert(client).ok());
  EXPECT_FALSE(clients_.update(client.id, 1, object(R"({"client_name":"x"})")).ok());
  EXPECT_TRUE(clients_.set_disabled(client.id, true).ok());
}

TEST_F(ClientsTest, RefusesAKindThatNobodyCanCreate) {
  EXPECT_THAT(refusal_of(R"({"kind":"dynamic"})"), HasSubstr("kind"));
  EXPECT_THAT(refusal_of(R"({"kind":"nobody"})"), HasSubstr("kind"));
  EXPECT_THAT(refusal_of(R"({"kind":7})"), HasSubstr("kind"));
  EXPECT_THAT(refusal_of(R"({"kind":"resource_server"})"), HasSubstr("redirect_uris"));
}

TEST_F(ClientsTest, MakesAConfidentialClientAndShowsItsSecretOnce) {
  const auto made = create();
  EXPECT_EQ(made.client.kind, oauth::ClientKind::kAdmin);
  EXPECT_EQ(made.client.auth_method, oauth::AuthMethod::kBasic);
  EXPECT_THAT(made.client.grant_types, ElementsAre("authorization_code", "refresh_token"));
  EXPECT_FALSE(made.client.expires_at);
  EXPECT_FALSE(made.secret.empty());
  const auto stored = clients_.get(made.client.id);
  ASSERT_TRUE(stored.ok());
  EXPECT_THAT(stored->secret_hashes, ElementsAre(oauth::hash_token(made.secret.reveal())));
  EXPECT_THAT(to_json(make_document(*stored)), ::testing::Not(HasSubstr("mcp_cs_")));
}

TEST_F(ClientsTest, MakesAPublicClientWithoutASecret) {
  const auto made = create(R"({"token_endpoint_auth_method":"none"})");
  EXPECT_TRUE(made.secret.empty());
  EXPECT_TRUE(made.client.secret_hashes.empty());
}

TEST_F(ClientsTest, RefusesMetadataThatBreaksARule) {
  EXPECT_THAT(refusal_of(R"({"redirect_uris":[]})"), HasSubstr("redirect"));
  EXPECT_NE(refusal_of(R"({"redirect_uris":["http://client.example/cb"]})"), "");
  EXPECT_NE(refusal_of(R"({"redirect_uris":["javascript:alert"]})"), "");
  EXPECT_THAT(refusal_of(R"({"token_endpoint_auth_method":"tls_client_auth"})"),
              HasSubstr("token_endpoint_auth_method"));
  EXPECT_THAT(refusal_of(R"({"scope":"mcp unknown"})"), HasSubstr("unknown"));
  EXPECT_THAT(refusal_of(R"({"scope":["mcp"]})"), HasSubstr("scope"));
  EXPECT_THAT(refusal_of(R"({"redirect_uri":"https://client.example/cb"})"),
              HasSubstr("no member redirect_uri"));
  EXPECT_THAT(refusal_of(R"({"client_id":"mine"})"), HasSubstr("no member client_id"));
}

TEST_F(ClientsTest, KeepsTheScopeAsACeiling) {
  EXPECT_THAT(create(R"({"scope":"more"})").client.scopes, ElementsAre("more"));
  EXPECT_TRUE(create().client.scopes.empty());
}

TEST_F(ClientsTest, ChangesWhatThePatchNamesAndNothingElse) {
  const auto before = create().client;
  const auto after = clients_.update(before.id, before.version, object(R"({"client_name":"New"})"));
  ASSERT_TRUE(after.ok()) << after.error().message;
  EXPECT_EQ(after->name, "New");
  EXPECT_EQ(after->redirect_uris, before.redirect_uris);
  EXPECT_EQ(after->secret_hashes, before.secret_hashes);
  EXPECT_EQ(after->version, before.version + 1);
  EXPECT_EQ(clients_.get(before.id)->version, after->version);
  EXPECT_EQ(clients_.get(before.id)->name, "New");
}

TEST_F(ClientsTest, RemovesWhatThePatchSetsToNull) {
  const auto before = create(R"({"scope":"mcp"})").client;
  const auto after = clients_.update(before.id, {}, object(R"({"scope":null})"));
  ASSERT_TRUE(after.ok());
  EXPECT_TRUE(after->scopes.empty());
  EXPECT_EQ(clients_.update(before.id, {}, object(R"({"redirect_uris":null})")).error().code,
            Code::kInvalid);
}

TEST_F(ClientsTest, RefusesAChangeOfAnOutdatedVersion) {
  const auto client = create().client;
  const auto patch = object(R"({"client_name":"New"})");
  ASSERT_TRUE(clients_.update(client.id, client.version, patch).ok());
  EXPECT_EQ(clients_.update(client.id, client.version, patch).error().code, Code::kConflict);
  EXPECT_EQ(clients_.remove(client.id, client.version).error().code, Code::kConflict);
  EXPECT_TRUE(clients_.remove(client.id, client.version + 1).ok());
  EXPECT_EQ(clients_.get(client.id).error().code, Code::kNotFound);
}

TEST_F(ClientsTest, CannotBeMadeDynamicOrEnabledByAPatch) {
  const auto client = create().client;
  for (const auto* patch : {R"({"kind":"dynamic"})", R"({"disabled":true})", R"({"secrets":0})"}) {
    EXPECT_EQ(clients_.update(client.id, {}, object(patch)).error().code, Code::kInvalid) << patch;
  }
}

TEST_F(ClientsTest, DisablesAndEnablesAsOftenAsAsked) {
  const auto client = create().client;
  EXPECT_TRUE(clients_.set_disabled(client.id, true)->disabled);
  const auto again = clients_.set_disabled(client.id, true);
  EXPECT_TRUE(again->disabled);
  EXPECT_EQ(again->version, client.version + 1);
  EXPECT_FALSE(clients_.set_disabled(client.id, false)->disabled);
  EXPECT_EQ(clients_.set_disabled(ClientId{"none"}, true).error().code, Code::kNotFound);
}

TEST_F(ClientsTest, RotatesTheSecretOfAConfidentialClientOnly) {
  const auto made = create();
  const auto secret = clients_.rotate_secret(made.client.id, Seconds(60));
  ASSERT_TRUE(secret.ok());
  EXPECT_NE(secret->reveal(), made.secret.reveal());
  EXPECT_THAT(clients_.get(made.client.id)->secret_hashes,
              ::testing::Contains(oauth::hash_token(secret->reveal())));
  EXPECT_EQ(clients_.rotate_secret(made.client.id, Seconds(-1)).error().code, Code::kInvalid);
  EXPECT_EQ(clients_.rotate_secret(made.client.id, kSecretOverlapMax + Seconds(1)).error().code,
            Code::kInvalid);
  const auto open = create(R"({"token_endpoint_auth_method":"none"})").client;
  EXPECT_EQ(clients_.rotate_secret(open.id, Seconds(0)).error().code, Code::kConflict);
  EXPECT_EQ(clients_.rotate_secret(ClientId{"none"}, Seconds(0)).error().code, Code::kNotFound);
}

TEST_F(ClientsTest, ListsPageByPage) {
  for (int i = 0; i < 5; ++i) create();
  const auto first = clients_.list({}, 2);
  ASSERT_EQ(first->items.size(), 2u);
  const auto second = clients_.list(ClientId{first->next}, 2);
  const auto third = clients_.list(ClientId{second->next}, 2);
  EXPECT_EQ(third->items.size(), 1u);
  EXPECT_EQ(third->next, "");
  EXPECT_NE(first->items[0].id, second->items[0].id);
}

}  // namespace
}  // namespace mcph::admin
