#include "store_test.h"

namespace mcph::store {
namespace {

class Grants : public StoreTest {
 protected:
  oauth::GrantStore& grants() { return store_->grants(); }
  std::vector<std::string> list(const oauth::GrantFilter& filter) {
    const auto found = grants().list(filter);
    EXPECT_TRUE(found.ok());
    std::vector<std::string> tails;
    for (const auto& grant : *found) tails.push_back(grant.id.str().substr(35));
    return tails;
  }
};

TEST_F(Grants, AreFoundWithThePersonBehindThem) {
  const auto given = given_grant(*store_, clock_.now());
  const auto found = grants().find(given.id);
  ASSERT_TRUE(found.ok() && found->has_value());
  const oauth::Grant& grant = **found;
  EXPECT_EQ(grant.id, given.id);
  EXPECT_EQ(grant.issuer, "https://idp.example/as");
  EXPECT_EQ(grant.subject, "alice");
  EXPECT_EQ(grant.label, "Alice");
  EXPECT_EQ(grant.client, given.client);
  EXPECT_EQ(grant.redirect_uri, given.redirect_uri);
  EXPECT_EQ(grant.scopes, given.scopes);
  EXPECT_EQ(grant.resource, given.resource);
  EXPECT_EQ(grant.acr, "acr-1");
  EXPECT_EQ(grant.created_at, clock_.now());
  EXPECT_EQ(grant.expires_at, given.expires_at);
  EXPECT_FALSE(grant.revoked_at.has_value());
  EXPECT_EQ(grant.revoke_reason, "");
}

TEST_F(Grants, OfOnePersonShareThePrincipal) {
  const auto first = given_grant(*store_, clock_.now(), "1");
  const auto second = given_grant(*store_, clock_.now(), "2");
  auto third = make_grant("3", "client", clock_.now());
  third.user.subject = "bob";
  ASSERT_DONE(grants().create(third));
  const auto principal = [&](const GrantId& id) { return (*grants().find(id))->principal; };
  EXPECT_EQ(principal(first.id), principal(second.id));
  EXPECT_NE(principal(first.id), principal(third.id));
}

TEST_F(Grants, RememberTheApprovalOfOnePersonForOneClientAboutOneThing) {
  ASSERT_DONE(store_->clients().insert(make_client("client", clock_.now())));
  auto grant = make_grant("1", "client", clock_.now());
  grant.approval_hash = hash_of("approval");
  grant.approval_expires_at = clock_.now() + Seconds{600};
  grant.expires_at = clock_.now() + Seconds{900};
  ASSERT_DONE(grants().create(grant));
  const oauth::RememberedApproval right{grant.user.issuer, grant.user.subject, grant.client,
                                        grant.approval_hash};
  const auto holds = [&](const oauth::RememberedApproval& approval) {
    return *grants().is_remembered(approval, clock_.now());
  };
  EXPECT_TRUE(holds(right));
  for (const auto& wrong :
       {oauth::RememberedApproval{"https://other", right.subject, right.client,
                                  right.approval_hash},
        oauth::RememberedApproval{right.issuer, "bob", right.client, right.approval_hash},
        oauth::RememberedApproval{right.issuer, right.subject, ClientId{"x"}, right.approval_hash},
        oauth::RememberedApproval{right.issuer, right.subject, right.client, hash_of("other")},
        oauth::RememberedApproval{right.issuer, right.subject, right.client, ""}}) {
    EXPECT_FALSE(holds(wrong));
  }
  clock_.advance(Seconds{600});
  EXPECT_FALSE(holds(right));
}

TEST_F(Grants, RememberNoApprovalUnlessToldAndNoneOnceRevoked) {
  ASSERT_DONE(store_->clients().insert(make_client("client", clock_.now())));
  auto told = make_grant("1", "client", clock_.now());
  told.approval_hash = hash_of("approval");
  told.approval_expires_at = clock_.now() + Seconds{600};
  ASSERT_DONE(grants().create(told));
  ASSERT_DONE(grants().create(make_grant("2", "client", clock_.now())));
  const oauth::RememberedApproval approval{told.user.issuer, told.user.subject, told.client,
                                           told.approval_hash};
  EXPECT_TRUE(*grants().is_remembered(approval, clock_.now()));
  ASSERT_DONE(grants().revoke(told.id, "administrator"));
  EXPECT_FALSE(*grants().is_remembered(approval, clock_.now()));
}

TEST_F(Grants, OfOnePersonAtOnceMakeOnePrincipal) {
  ASSERT_DONE(store_->clients().insert(make_client("client", clock_.now())));
  std::atomic<int> created{0};
  at_once(8, [&](int i) {
    if (grants().create(make_grant(std::to_string(i), "client", clock_.now())).ok()) ++created;
  });
  EXPECT_EQ(created, 8);
  EXPECT_EQ(sql("SELECT count(*) FROM mcph.principal"), "1");
}

TEST_F(Grants, UpdateThePersonsLabelButNeverEraseIt) {
  given_grant(*store_, clock_.now(), "1");
  auto renamed = make_grant("2", "client", clock_.now());
  renamed.user.label = "Alice B.";
  ASSERT_DONE(grants().create(renamed));
  auto unnamed = make_grant("3", "client", clock_.now());
  unnamed.user.label = "";
  ASSERT_DONE(grants().create(unnamed));
  EXPECT_EQ((*grants().find(unnamed.id))->label, "Alice B.");
}

TEST_F(Grants, AreCreatedWholeOrNotAtAll) {
  const auto first = given_grant(*store_, clock_.now(), "1");
  auto second = make_grant("2", "client", clock_.now());
  second.user.subject = "bob";
  second.code.code_hash = first.code.code_hash;  // taken
  EXPECT_REFUSED(grants().create(second), Code::kConflict);
  EXPECT_FALSE(grants().find(second.id)->has_value());
  EXPECT_FALSE(store_->upstream().load(second.id)->has_value());
  EXPECT_EQ(sql("SELECT count(*) FROM mcph.principal"), "1");
}

TEST_F(Grants, NeedAClient) {
  EXPECT_REFUSED(grants().create(make_grant("1", "nobody", clock_.now())), Code::kConflict);
}

TEST_F(Grants, AreAbsentForIdsThatAreUnknownOrNoIds) {
  for (const char* id : {"00000000-0000-4000-8000-000000000009", "", "' OR 1=1 --", "{}"}) {
    const auto found = grants().find(GrantId(id));
    ASSERT_TRUE(found.ok()) << id;
    EXPECT_FALSE(found->has_value()) << id;
    EXPECT_REFUSED(grants().revoke(GrantId(id), "test"), Code::kNotFound);
  }
}

TEST_F(Grants, AreListedNewestFirstPageByPage) {
  for (const char* tail : {"1", "2", "3"}) {
    given_grant(*store_, clock_.now(), tail);
    clock_.advance(Seconds{1});
  }
  given_grant(*store_, clock_.now() - Seconds{1}, "4");
  EXPECT_EQ(list({}), (std::vector<std::string>{"4", "3", "2", "1"}));
  oauth::GrantFilter page;
  page.count_max = 2;
  page.after = make_grant("3", "", clock_.now()).id;
  EXPECT_EQ(list(page), (std::vector<std::string>{"2", "1"}));
}

TEST_F(Grants, AreListedByClientAndByPerson) {
  given_grant(*store_, clock_.now(), "1", "one");
  const auto second = given_grant(*store_, clock_.now(), "2", "two");
  auto third = make_grant("3", "two", clock_.now());
  third.user.subject = "bob";
  ASSERT_DONE(grants().create(third));
  oauth::GrantFilter filter;
  filter.client = ClientId("two");
  EXPECT_EQ(list(filter), (std::vector<std::string>{"3", "2"}));
  filter.principal = (*grants().find(second.id))->principal;
  EXPECT_EQ(list(filter), (std::vector<std::string>{"2"}));
  filter.client = ClientId();
  EXPECT_EQ(list(filter), (std::vector<std::string>{"2", "1"}));
  filter.principal = PrincipalId("not a uuid");
  EXPECT_TRUE(list(filter).empty());
}

TEST_F(Grants, OnceRevokedEndTheirTokensAndLoseTheirCredential) {
  const auto grant = given_grant(*store_, clock_.now());
  const auto tokens = make_tokens(grant, "1", clock_.now());
  ASSERT_DONE(store_->tokens().redeem_code(grant.code.code_hash, tokens));
  clock_.advance(Seconds{5});
  ASSERT_DONE(grants().revoke(grant.id, "by the user"));

  const auto found = grants().find(grant.id);
  EXPECT_EQ((*found)->revoked_at, clock_.now());
  EXPECT_EQ((*found)->revoke_reason, "by the user");
  EXPECT_FALSE(store_->tokens().find_access_token(tokens.access_hash, clock_.now())->has_value());
  EXPECT_TRUE((*store_->tokens().find_refresh_token(tokens.refresh_hash))->grant_revoked);
  EXPECT_FALSE(store_->upstream().load(grant.id)->has_value());
  EXPECT_EQ(sql("SELECT count(*) FROM mcph.upstream_credential"), "0");
}

TEST_F(Grants, OnceRevokedCannotBeRedeemedOrRefreshed) {
  const auto redeemed = given_grant(*store_, clock_.now(), "1");
  const auto waiting = given_grant(*store_, clock_.now(), "2");
  const auto tokens = make_tokens(redeemed, "1", clock_.now());
  ASSERT_DONE(store_->tokens().redeem_code(redeemed.code.code_hash, tokens));
  ASSERT_DONE(grants().revoke(redeemed.id, "test"));
  ASSERT_DONE(grants().revoke(waiting.id, "test"));
  EXPECT_EQ(*store_->tokens().redeem_code(waiting.code.code_hash,
                                          make_tokens(waiting, "2", clock_.now())),
            oauth::Redemption::kAlreadyUsed);
  EXPECT_REFUSED(
      store_->tokens().rotate_refresh_token(
          tokens.refresh_hash, make_tokens(redeemed, "3", clock_.now()), clock_.now(), Seconds{30}),
      Code::kNotFound);
  EXPECT_EQ(sql("SELECT count(*) FROM mcph.access_token"), "1");
}

TEST_F(Grants, KeepTheFirstReasonWhenRevokedAgain) {
  const auto grant = given_grant(*store_, clock_.now());
  ASSERT_DONE(grants().revoke(grant.id, "first"));
  ASSERT_DONE(grants().revoke(grant.id, "second"));
  EXPECT_EQ((*grants().find(grant.id))->revoke_reason, "first");
}

TEST_F(Grants, OnceRevokedNoLongerReplayARefreshResponse) {
  const auto grant = given_grant(*store_, clock_.now());
  const auto first = make_tokens(grant, "1", clock_.now());
  const auto second = make_tokens(grant, "2", clock_.now());
  ASSERT_DONE(store_->tokens().redeem_code(grant.code.code_hash, first));
  ASSERT_DONE(
      store_->tokens().rotate_refresh_token(first.refresh_hash, second, clock_.now(), Seconds{30}));
  ASSERT_DONE(grants().revoke(grant.id, "test"));
  const auto again =
      store_->tokens().rotate_refresh_token(first.refresh_hash, second, clock_.now(), Seconds{30});
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->kind, oauth::Rotation::Kind::kReused);
  EXPECT_EQ(sql("SELECT count(*) FROM mcph.refresh_token WHERE sealed_response IS NOT NULL"), "0");
}

}  // namespace
}  // namespace mcph::store
