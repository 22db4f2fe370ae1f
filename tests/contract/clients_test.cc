#include "store_test.h"

namespace mcph::store {
namespace {

class Clients : public StoreTest {
 protected:
  oauth::ClientStore& clients() { return store_->clients(); }
  oauth::Client find(const std::string& id) {
    const auto found = clients().find(ClientId(id));
    EXPECT_TRUE(found.ok() && found->has_value()) << id;
    return found.ok() && found->has_value() ? **found : oauth::Client{};
  }
  bool exists(const std::string& id) { return clients().find(ClientId(id))->has_value(); }
};

TEST_F(Clients, ComeBackAsTheyWent) {
  oauth::Client client = make_client("id", clock_.now());
  client.kind = oauth::ClientKind::kDynamic;
  client.disabled = true;
  client.name = "Ünïcode \"quoted\" {braces}, \\back";
  client.redirect_uris = {"https://a.example/?x={1,2}", "com.example:/c\\b", "\"", "NULL", ""};
  client.grant_types = {};
  client.auth_method = oauth::AuthMethod::kPrivateKeyJwt;
  client.jwks = R"({"keys":[{"kty":"EC","x":"\\u00fc"}]})";
  client.require_pushed_requests = true;
  client.registration_token_hash = hash_of("management");
  client.registered_from = "2001:db8::/64";
  client.dpop_bound = true;
  client.application_type = "native";
  client.client_uri = "https://client.example";
  client.scopes = {"todo:read", "todo write"};
  client.secret_hashes = {hash_of("s1"), hash_of("s2")};
  client.expires_at = clock_.now() + Seconds{100};
  ASSERT_DONE(clients().insert(client));

  const oauth::Client found = find("id");
  EXPECT_EQ(found.id, client.id);
  EXPECT_EQ(found.kind, client.kind);
  EXPECT_TRUE(found.disabled);
  EXPECT_EQ(found.name, client.name);
  EXPECT_EQ(found.redirect_uris, client.redirect_uris);
  EXPECT_EQ(found.grant_types, client.grant_types);
  EXPECT_EQ(found.auth_method, client.auth_method);
  EXPECT_EQ(found.jwks, client.jwks);
  EXPECT_TRUE(found.require_pushed_requests);
  EXPECT_EQ(found.registration_token_hash, client.registration_token_hash);
  EXPECT_EQ(found.registered_from, client.registered_from);
  EXPECT_TRUE(found.dpop_bound);
  EXPECT_EQ(found.fresh_until, std::nullopt);
  EXPECT_EQ(found.application_type, "native");
  EXPECT_EQ(found.client_uri, client.client_uri);
  EXPECT_EQ(found.scopes, client.scopes);
  EXPECT_EQ(found.secret_hashes, client.secret_hashes);
  EXPECT_EQ(found.created_at, client.created_at);
  EXPECT_EQ(found.expires_at, client.expires_at);
  EXPECT_EQ(found.version, 1);
}

TEST_F(Clients, KnownByADocumentAreReplacedByWhatItSaysNow) {
  oauth::Client client = make_client("https://client.example/a", clock_.now());
  client.kind = oauth::ClientKind::kDocument;
  client.expires_at = clock_.now() + Seconds{100};
  client.fresh_until = clock_.now() + Seconds{10};
  ASSERT_DONE(clients().put_document(client));
  oauth::Client found = find(client.id.str());
  EXPECT_EQ(found.kind, oauth::ClientKind::kDocument);
  EXPECT_EQ(found.fresh_until, client.fresh_until);
  EXPECT_EQ(found.expires_at, client.expires_at);
  found.disabled = true;
  ASSERT_DONE(clients().update(found));
  client.name = "Renamed";
  client.auth_method = oauth::AuthMethod::kPrivateKeyJwt;
  client.jwks = "{}";
  client.redirect_uris = {"https://client.example/new"};
  client.expires_at = clock_.now() + Seconds{50};
  client.fresh_until = clock_.now() + Seconds{20};
  ASSERT_DONE(clients().put_document(client));
  found = find(client.id.str());
  EXPECT_EQ(found.name, "Renamed");
  EXPECT_EQ(found.auth_method, oauth::AuthMethod::kPrivateKeyJwt);
  EXPECT_EQ(found.jwks, "{}");
  EXPECT_EQ(found.redirect_uris, client.redirect_uris);
  EXPECT_EQ(found.fresh_until, client.fresh_until);
  EXPECT_EQ(found.expires_at, clock_.now() + Seconds{100}) << "its life is not cut short";
  EXPECT_TRUE(found.disabled) << "an administrator said so";
}

TEST_F(Clients, OfAnotherKindAreNotReplacedByADocument) {
  ASSERT_DONE(clients().insert(make_client("https://client.example/a", clock_.now())));
  oauth::Client document = make_client("https://client.example/a", clock_.now());
  document.name = "Impostor";
  ASSERT_DONE(clients().put_document(document));
  EXPECT_EQ(find("https://client.example/a").name, "A client");
}

TEST_F(Clients, AreCountedByWhereTheyRegistered) {
  for (int i = 0; i < 3; ++i) {
    oauth::Client client = make_client(std::to_string(i), clock_.now());
    client.registered_from = i < 2 ? "192.0.2.1" : "192.0.2.2";
    ASSERT_DONE(clients().insert(client));
  }
  ASSERT_DONE(clients().insert(make_client("by hand", clock_.now())));
  EXPECT_EQ(*clients().count_registered("192.0.2.1", clock_.now() - Seconds{1}), 2u);
  EXPECT_EQ(*clients().count_registered("192.0.2.1", clock_.now()), 0u);
  EXPECT_EQ(*clients().count_registered("192.0.2.3", clock_.now() - Seconds{1}), 0u);
  EXPECT_EQ(*clients().count_registered("", clock_.now() - Seconds{1}), 0u);
}

TEST_F(Clients, AreOfEveryKindAndMethod) {
  oauth::Client client = make_client("", clock_.now());
  int count = 0;
  for (const auto kind : {oauth::ClientKind::kAdmin, oauth::ClientKind::kDynamic,
                          oauth::ClientKind::kDocument, oauth::ClientKind::kResourceServer}) {
    for (const auto method : {oauth::AuthMethod::kNone, oauth::AuthMethod::kBasic,
                              oauth::AuthMethod::kPost, oauth::AuthMethod::kPrivateKeyJwt}) {
      client.id = ClientId(std::to_string(++count));
      client.kind = kind;
      client.auth_method = method;
      ASSERT_DONE(clients().insert(client));
      EXPECT_EQ(find(client.id.str()).kind, kind);
      EXPECT_EQ(find(client.id.str()).auth_method, method);
    }
  }
}

TEST_F(Clients, AreAbsentWhenUnknown) {
  EXPECT_FALSE(exists("nobody"));
}

TEST_F(Clients, CannotBeInsertedTwice) {
  ASSERT_DONE(clients().insert(make_client("id", clock_.now())));
  EXPECT_REFUSED(clients().insert(make_client("id", clock_.now())), Code::kConflict);
}

TEST_F(Clients, WithANulByteAreRefusedInsteadOfCut) {
  oauth::Client client = make_client("id", clock_.now());
  client.name = std::string("good\0evil", 9);
  EXPECT_REFUSED(clients().insert(client), Code::kInvalid);
  client.name = "good";
  client.redirect_uris = {std::string("https://good.example\0.evil.example", 34)};
  EXPECT_REFUSED(clients().insert(client), Code::kInvalid);
  EXPECT_REFUSED(clients().find(ClientId(std::string("id\0x", 4))), Code::kInvalid);
  EXPECT_FALSE(exists("id"));
}

TEST_F(Clients, WithBrokenUtf8AreRefused) {
  oauth::Client client = make_client("id", clock_.now());
  client.name = "\xc3\x28";
  EXPECT_REFUSED(clients().insert(client), Code::kInvalid);
}

TEST_F(Clients, AreUpdatedInEveryPartButIdKindSecretsAndCreation) {
  oauth::Client client = make_client("id", clock_.now());
  client.secret_hashes = {hash_of("secret")};
  ASSERT_DONE(clients().insert(client));
  oauth::Client changed = client;
  changed.kind = oauth::ClientKind::kDynamic;
  changed.created_at = clock_.now() + Seconds{9};
  changed.secret_hashes = {};
  changed.disabled = true;
  changed.name = "Renamed";
  changed.redirect_uris = {"https://other.example"};
  changed.grant_types = {"authorization_code"};
  changed.auth_method = oauth::AuthMethod::kBasic;
  changed.jwks = "{}";
  changed.require_pushed_requests = true;
  changed.dpop_bound = true;
  changed.application_type = "native";
  changed.client_uri = "https://x.example";
  changed.scopes = {"s"};
  changed.expires_at = clock_.now() + Seconds{50};
  ASSERT_DONE(clients().update(changed));

  const oauth::Client found = find("id");
  EXPECT_EQ(found.kind, oauth::ClientKind::kAdmin);
  EXPECT_EQ(found.created_at, client.created_at);
  EXPECT_EQ(found.secret_hashes, client.secret_hashes);
  EXPECT_TRUE(found.disabled);
  EXPECT_EQ(found.name, "Renamed");
  EXPECT_EQ(found.redirect_uris, changed.redirect_uris);
  EXPECT_EQ(found.grant_types, changed.grant_types);
  EXPECT_EQ(found.auth_method, changed.auth_method);
  EXPECT_EQ(found.jwks, "{}");
  EXPECT_TRUE(found.dpop_bound);
  EXPECT_TRUE(found.require_pushed_requests);
  EXPECT_EQ(found.application_type, "native");
  EXPECT_EQ(found.client_uri, changed.client_uri);
  EXPECT_EQ(found.scopes, changed.scopes);
  EXPECT_EQ(found.expires_at, changed.expires_at);
  EXPECT_EQ(found.version, 2);
}

TEST_F(Clients, AreUpdatedByExactlyOneOfManyWhoReadTheSameVersion) {
  ASSERT_DONE(clients().insert(make_client("id", clock_.now())));
  const oauth::Client read = find("id");
  std::atomic<int> won{0}, conflicts{0};
  at_once(8, [&](int) {
    const auto outcome = clients().update(read);
    if (outcome.ok()) ++won;
    if (!outcome.ok() && outcome.error().code == Code::kConflict) ++conflicts;
  });
  EXPECT_EQ(won, 1);
  EXPECT_EQ(conflicts, 7);
  EXPECT_EQ(find("id").version, 2);
}

TEST_F(Clients, CannotBeUpdatedOrRemovedWhenUnknown) {
  EXPECT_REFUSED(clients().update(make_client("nobody", clock_.now())), Code::kNotFound);
  EXPECT_REFUSED(clients().remove(ClientId("nobody")), Code::kNotFound);
  EXPECT_REFUSED(clients().add_secret(ClientId("nobody"), hash_of("s"), clock_.now()),
                 Code::kNotFound);
}

TEST_F(Clients, TakeTheirGrantsAndTokensWithThem) {
  const auto grant = given_grant(*store_, clock_.now());
  const auto tokens = make_tokens(grant, "1", clock_.now());
  ASSERT_DONE(store_->tokens().redeem_code(grant.code.code_hash, tokens));
  ASSERT_DONE(clients().remove(grant.client));
  EXPECT_FALSE(store_->grants().find(grant.id)->has_value());
  EXPECT_FALSE(store_->tokens().find_access_token(tokens.access_hash, clock_.now())->has_value());
  EXPECT_FALSE(store_->upstream().load(grant.id)->has_value());
}

TEST_F(Clients, AreListedInOrderOfCreationThenIdPageByPage) {
  for (const char* id : {"c", "a", "b"}) {
    ASSERT_DONE(clients().insert(make_client(id, clock_.now())));
  }
  ASSERT_DONE(clients().insert(make_client("0", clock_.now() + Seconds{1})));
  std::vector<std::string> seen;
  for (ClientId after;;) {
    const auto page = clients().list(after, 3);
    ASSERT_TRUE(page.ok());
    for (const auto& client : *page) seen.push_back(client.id.str());
    if (page->size() < 3) break;
    after = page->back().id;
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"a", "b", "c", "0"}));
}

TEST_F(Clients, KeepOlderSecretsUntilTheGivenTimeAndNoLonger) {
  oauth::Client client = make_client("id", clock_.now());
  client.secret_hashes = {hash_of("old")};
  ASSERT_DONE(clients().insert(client));
  clock_.advance(Seconds{1});
  ASSERT_DONE(clients().add_secret(client.id, hash_of("new"), clock_.now() + Seconds{60}));
  EXPECT_EQ(find("id").secret_hashes, (std::vector{hash_of("old"), hash_of("new")}));
  EXPECT_EQ(find("id").version, 2);
  // A second rotation must not prolong the first secret.
  clock_.advance(Seconds{1});
  ASSERT_DONE(clients().add_secret(client.id, hash_of("newer"), clock_.now() + Seconds{600}));
  clock_.advance(Seconds{59});
  EXPECT_EQ(find("id").secret_hashes, (std::vector{hash_of("new"), hash_of("newer")}));
  clock_.advance(Seconds{600});
  EXPECT_EQ(find("id").secret_hashes, (std::vector{hash_of("newer")}));
}

TEST_F(Clients, CanLoseOlderSecretsAtOnce) {
  oauth::Client client = make_client("id", clock_.now());
  client.secret_hashes = {hash_of("old")};
  ASSERT_DONE(clients().insert(client));
  ASSERT_DONE(clients().add_secret(client.id, hash_of("new"), clock_.now()));
  EXPECT_EQ(find("id").secret_hashes, (std::vector{hash_of("new")}));
}

TEST_F(Clients, RegisteredDynamicallyAreAbsentOnceExpiredUnlessUsed) {
  oauth::Client client = make_client("id", clock_.now());
  client.kind = oauth::ClientKind::kDynamic;
  client.expires_at = clock_.now() + Seconds{100};
  ASSERT_DONE(clients().insert(client));
  ASSERT_DONE(clients().touch(client.id, clock_.now(), clock_.now() + Seconds{300}));
  clock_.advance(Seconds{299});
  EXPECT_TRUE(exists("id"));
  clock_.advance(Seconds{1});
  EXPECT_FALSE(exists("id"));
  EXPECT_TRUE(clients().list(ClientId(), 9)->empty());
}

TEST_F(Clients, RememberTheirUseAtMostOnceAMinute) {
  ASSERT_DONE(clients().insert(make_client("id", clock_.now())));
  const auto used = [&] {
    return sql("SELECT extract(epoch FROM last_used_at)::bigint FROM mcph.client");
  };
  const auto first = clock_.now();
  ASSERT_DONE(clients().touch(ClientId("id"), first, std::nullopt));
  ASSERT_DONE(clients().touch(ClientId("id"), first + Seconds{59}, std::nullopt));
  EXPECT_EQ(used(), std::to_string(to_unix(first)));
  ASSERT_DONE(clients().touch(ClientId("id"), first + Seconds{60}, std::nullopt));
  EXPECT_EQ(used(), std::to_string(to_unix(first) + 60));
}

TEST_F(Clients, OfAnAdministratorNeverBeginToExpire) {
  ASSERT_DONE(clients().insert(make_client("id", clock_.now())));
  ASSERT_DONE(clients().touch(ClientId("id"), clock_.now(), clock_.now() + Seconds{1}));
  EXPECT_FALSE(find("id").expires_at.has_value());
}

}  // namespace
}  // namespace mcph::store
