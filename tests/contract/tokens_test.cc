#include <set>

#include "store_test.h"

namespace mcph::store {
namespace {

using oauth::NewTokens;
using oauth::Redemption;
using oauth::Rotation;

constexpr Seconds kGrace{30};

class Tokens : public StoreTest {
 protected:
  oauth::TokenStore& tokens() { return store_->tokens(); }
  NewTokens some(const std::string& seed) { return make_tokens(grant_, seed, clock_.now()); }
  bool is_live(const NewTokens& given) {
    return tokens().find_access_token(given.access_hash, clock_.now())->has_value();
  }
  Rotation rotate(const NewTokens& from, const NewTokens& to) {
    const auto rotation =
        tokens().rotate_refresh_token(from.refresh_hash, to, clock_.now(), kGrace);
    EXPECT_TRUE(rotation.ok());
    return rotation.ok() ? *rotation : Rotation{};
  }
  NewTokens redeemed() {
    const NewTokens first = some("first");
    EXPECT_EQ(*tokens().redeem_code(grant_.code.code_hash, first), Redemption::kRedeemed);
    return first;
  }

  const oauth::NewGrant grant_ = given_grant(*store_, clock_.now());
};

TEST_F(Tokens, ACodeIsFoundWithAllThatItIsBoundTo) {
  const auto found = tokens().find_code(grant_.code.code_hash);
  ASSERT_TRUE(found.ok() && found->has_value());
  const oauth::AuthorizationCode& code = **found;
  EXPECT_EQ(code.code_hash, grant_.code.code_hash);
  EXPECT_EQ(code.grant, grant_.id);
  EXPECT_EQ(code.client, grant_.client);
  EXPECT_EQ(code.redirect_uri, grant_.redirect_uri);
  EXPECT_EQ(code.code_challenge, "challenge");
  EXPECT_EQ(code.scopes, grant_.scopes);
  EXPECT_EQ(code.resource, grant_.resource);
  EXPECT_EQ(code.expires_at, grant_.code.expires_at);
  EXPECT_FALSE(code.consumed);
  EXPECT_FALSE(tokens().find_code(hash_of("unknown"))->has_value());
}

TEST_F(Tokens, ACodeIsRedeemedOnceAndRememberedAsUsed) {
  const NewTokens first = redeemed();
  EXPECT_TRUE((*tokens().find_code(grant_.code.code_hash))->consumed);
  EXPECT_EQ(*tokens().redeem_code(grant_.code.code_hash, some("2")), Redemption::kAlreadyUsed);
  EXPECT_TRUE(is_live(first));
  EXPECT_FALSE(is_live(some("2")));
}

TEST_F(Tokens, ACodeRedeemedBySixteenAtOnceHasExactlyOneWinner) {
  std::atomic<int> won{0}, lost{0};
  at_once(16, [&](int i) {
    const auto outcome = tokens().redeem_code(grant_.code.code_hash, some(std::to_string(i)));
    if (outcome.ok() && *outcome == Redemption::kRedeemed) ++won;
    if (outcome.ok() && *outcome == Redemption::kAlreadyUsed) ++lost;
  });
  EXPECT_EQ(won, 1);
  EXPECT_EQ(lost, 15);
  EXPECT_EQ(sql("SELECT count(*) FROM mcph.access_token"), "1");
  EXPECT_EQ(sql("SELECT count(*) FROM mcph.refresh_token"), "1");
}

TEST_F(Tokens, ACodeRedeemedAgainWithTheSameTokensAfterALostAnswerSucceeds) {
  redeemed();
  EXPECT_EQ(*tokens().redeem_code(grant_.code.code_hash, some("first")), Redemption::kRedeemed);
  EXPECT_EQ(sql("SELECT count(*) FROM mcph.access_token"), "1");
}

TEST_F(Tokens, ACodeIsNotRedeemedForAnotherClientOrGrant) {
  const auto other = given_grant(*store_, clock_.now(), "2", "other");
  NewTokens stolen = some("1");
  stolen.client = other.client;
  EXPECT_EQ(*tokens().redeem_code(grant_.code.code_hash, stolen), Redemption::kAlreadyUsed);
  EXPECT_EQ(*tokens().redeem_code(grant_.code.code_hash, make_tokens(other, "1", clock_.now())),
            Redemption::kAlreadyUsed);
  EXPECT_FALSE((*tokens().find_code(grant_.code.code_hash))->consumed);
}

TEST_F(Tokens, ACodeMayBeRedeemedWithoutARefreshToken) {
  NewTokens only_access = some("1");
  only_access.refresh_hash.clear();
  ASSERT_EQ(*tokens().redeem_code(grant_.code.code_hash, only_access), Redemption::kRedeemed);
  EXPECT_TRUE(is_live(only_access));
  EXPECT_EQ(sql("SELECT count(*) FROM mcph.refresh_token"), "0");
}

TEST_F(Tokens, AnAccessTokenSaysWhoCalls) {
  NewTokens narrow = some("1");
  narrow.access_scopes = {"todo:read"};
  ASSERT_DONE(tokens().redeem_code(grant_.code.code_hash, narrow));
  const auto found = tokens().find_access_token(narrow.access_hash, clock_.now());
  ASSERT_TRUE(found.ok() && found->has_value());
  const Caller& caller = (*found)->caller;
  EXPECT_EQ(caller.principal, (*store_->grants().find(grant_.id))->principal);
  EXPECT_EQ(caller.client, grant_.client);
  EXPECT_EQ(caller.grant, grant_.id);
  EXPECT_EQ(caller.issuer, "https://idp.example/as");
  EXPECT_EQ(caller.subject, "alice");
  EXPECT_EQ(caller.scopes, narrow.access_scopes);
  EXPECT_EQ(caller.expires_at, narrow.access_expires_at);
  EXPECT_EQ((*found)->resource, grant_.resource);
}

TEST_F(Tokens, AnAccessTokenIsGoneFromTheSecondItExpires) {
  const NewTokens first = redeemed();
  clock_.advance(Seconds{599});
  EXPECT_TRUE(is_live(first));
  clock_.advance(Seconds{1});
  EXPECT_FALSE(is_live(first));
}

TEST_F(Tokens, AnAccessTokenDiesWithItsGrantsExpiry) {
  NewTokens lasting = some("1");
  lasting.access_expires_at = clock_.now() + Seconds{10 * 86400};
  ASSERT_DONE(tokens().redeem_code(grant_.code.code_hash, lasting));
  clock_.set(grant_.expires_at);
  EXPECT_FALSE(is_live(lasting));
}

TEST_F(Tokens, AnAccessTokenIsGoneWhileItsClientIsDisabled) {
  const NewTokens first = redeemed();
  oauth::Client client = **store_->clients().find(grant_.client);
  client.disabled = true;
  ASSERT_DONE(store_->clients().update(client));
  EXPECT_FALSE(is_live(first));
  client.version = 2;
  client.disabled = false;
  ASSERT_DONE(store_->clients().update(client));
  EXPECT_TRUE(is_live(first));
}

TEST_F(Tokens, AnAccessTokenIsRevokedByItsOwnClientAlone) {
  const NewTokens first = redeemed();
  EXPECT_REFUSED(tokens().revoke_access_token(first.access_hash, ClientId("other")),
                 Code::kNotFound);
  EXPECT_TRUE(is_live(first));
  ASSERT_DONE(tokens().revoke_access_token(first.access_hash, grant_.client));
  EXPECT_FALSE(is_live(first));
  EXPECT_REFUSED(tokens().revoke_access_token(first.access_hash, grant_.client), Code::kNotFound);
}

TEST_F(Tokens, ARefreshTokenIsFoundWithItsGrant) {
  const NewTokens first = redeemed();
  const auto found = tokens().find_refresh_token(first.refresh_hash);
  ASSERT_TRUE(found.ok() && found->has_value());
  EXPECT_EQ((*found)->grant, grant_.id);
  EXPECT_EQ((*found)->client, grant_.client);
  EXPECT_EQ((*found)->scopes, grant_.scopes);
  EXPECT_EQ((*found)->resource, grant_.resource);
  EXPECT_EQ((*found)->expires_at, first.refresh_expires_at);
  EXPECT_EQ((*found)->grant_expires_at, grant_.expires_at);
  EXPECT_FALSE((*found)->grant_revoked);
  EXPECT_FALSE((*found)->rotated);
  rotate(first, some("second"));
  EXPECT_TRUE((*tokens().find_refresh_token(first.refresh_hash))->rotated);
  EXPECT_FALSE(tokens().find_refresh_token(hash_of("unknown"))->has_value());
}

TEST_F(Tokens, RememberTheKeyTheyAreBoundTo) {
  NewTokens first = some("first");
  first.access_jkt = "access-key";
  first.refresh_jkt = "refresh-key";
  EXPECT_EQ(*tokens().redeem_code(grant_.code.code_hash, first), Redemption::kRedeemed);
  const auto key_of = [&](const NewTokens& given) {
    return (*tokens().find_access_token(given.access_hash, clock_.now()))->dpop_jkt;
  };
  EXPECT_EQ(key_of(first), "access-key");
  EXPECT_EQ((*tokens().find_refresh_token(first.refresh_hash))->dpop_jkt, "refresh-key");
  NewTokens narrow = some("narrow");
  narrow.access_jkt = "narrow-key";
  ASSERT_DONE(tokens().add_access_token(first.access_hash, narrow, clock_.now()));
  EXPECT_EQ(key_of(narrow), "narrow-key");
  NewTokens second = some("second");
  second.access_jkt = "second-key";
  EXPECT_EQ(rotate(first, second).kind, Rotation::Kind::kRotated);
  EXPECT_EQ(key_of(second), "second-key");
  EXPECT_EQ((*tokens().find_refresh_token(second.refresh_hash))->dpop_jkt, "");
}

TEST_F(Tokens, ACodeRemembersTheKeyItIsBoundTo) {
  oauth::NewGrant bound = make_grant("2", "client", clock_.now());
  bound.code.dpop_jkt = "code-key";
  bound.code.code_hash = hash_of("bound");
  ASSERT_DONE(store_->grants().create(bound));
  EXPECT_EQ((*tokens().find_code(bound.code.code_hash))->dpop_jkt, "code-key");
}

TEST_F(Tokens, AnAccessTokenIsMadeFromALiveOneAndEndsWithIt) {
  const NewTokens first = redeemed();
  NewTokens narrow = some("narrow");
  narrow.access_scopes = {"todo:read"};
  narrow.access_expires_at = first.access_expires_at + Seconds{100};
  ASSERT_DONE(tokens().add_access_token(first.access_hash, narrow, clock_.now()));
  ASSERT_DONE(tokens().add_access_token(first.access_hash, narrow, clock_.now()));  // repeated
  const auto found = *tokens().find_access_token(narrow.access_hash, clock_.now());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->caller.scopes, narrow.access_scopes);
  EXPECT_EQ(found->caller.grant, grant_.id);
  EXPECT_EQ(found->caller.expires_at, first.access_expires_at);
  ASSERT_DONE(store_->grants().revoke(grant_.id, "test"));
  EXPECT_FALSE(is_live(narrow));
  EXPECT_REFUSED(tokens().add_access_token(first.access_hash, some("late"), clock_.now()),
                 Code::kNotFound);
}

TEST_F(Tokens, AnAccessTokenIsNotMadeFromOneOfAnotherClientOrNone) {
  const NewTokens first = redeemed();
  NewTokens narrow = some("narrow");
  EXPECT_REFUSED(tokens().add_access_token(hash_of("unknown"), narrow, clock_.now()),
                 Code::kNotFound);
  narrow.client = ClientId("other");
  EXPECT_REFUSED(tokens().add_access_token(first.access_hash, narrow, clock_.now()),
                 Code::kNotFound);
  EXPECT_FALSE(is_live(narrow));
}

TEST_F(Tokens, ARefreshTokenIsReplacedByItsSuccessor) {
  const NewTokens first = redeemed();
  const NewTokens second = some("second");
  EXPECT_EQ(rotate(first, second).kind, Rotation::Kind::kRotated);
  EXPECT_TRUE(is_live(second));
  EXPECT_EQ(rotate(second, some("third")).kind, Rotation::Kind::kRotated);
}

TEST_F(Tokens, ARefreshTokenRotatedByManyAtOnceHasOneSuccessorAndIdenticalReplays) {
  const NewTokens first = redeemed();
  std::mutex mutex;
  int rotated = 0;
  std::string winner;
  std::multiset<std::string> replays;
  at_once(16, [&](int i) {
    const NewTokens mine = some(std::to_string(i));
    const auto rotation =
        tokens().rotate_refresh_token(first.refresh_hash, mine, clock_.now(), kGrace);
    const std::lock_guard lock(mutex);
    ASSERT_TRUE(rotation.ok());
    if (rotation->kind == Rotation::Kind::kRotated) {
      ++rotated;
      winner = mine.sealed_response;
    } else if (rotation->kind == Rotation::Kind::kReplayed) {
      replays.insert(rotation->sealed_response);
    }
  });
  EXPECT_EQ(rotated, 1);
  EXPECT_EQ(replays.size(), 15u);
  EXPECT_EQ(replays.count(winner), 15u);
  EXPECT_EQ(sql("SELECT count(*) FROM mcph.refresh_token"), "2");
}

TEST_F(Tokens, ARefreshTokenUsedAgainAfterTheGraceTimeIsReuse) {
  const NewTokens first = redeemed();
  rotate(first, some("second"));
  clock_.advance(kGrace - Seconds{1});
  const Rotation replay = rotate(first, some("late"));
  EXPECT_EQ(replay.kind, Rotation::Kind::kReplayed);
  EXPECT_EQ(replay.sealed_response, "responsesecond");
  clock_.advance(Seconds{1});
  EXPECT_EQ(rotate(first, some("later")).kind, Rotation::Kind::kReused);
  EXPECT_FALSE(is_live(some("later")));
}

TEST_F(Tokens, ARefreshTokenUsedAgainAfterItsSuccessorIsReuse) {
  const NewTokens first = redeemed();
  const NewTokens second = some("second");
  rotate(first, second);
  rotate(second, some("third"));
  EXPECT_EQ(rotate(first, some("fourth")).kind, Rotation::Kind::kReused);
}

TEST_F(Tokens, ARefreshTokenIsNeverReplayedWithoutGrace) {
  const NewTokens first = redeemed();
  rotate(first, some("second"));
  const auto again =
      tokens().rotate_refresh_token(first.refresh_hash, some("third"), clock_.now(), Seconds{0});
  EXPECT_EQ(again->kind, Rotation::Kind::kReused);
}

TEST_F(Tokens, ARefreshTokenThatIsUnknownExpiredOrAnothersIsNotRotated) {
  const NewTokens first = redeemed();
  const auto refuse = [&](const std::string& hash, const NewTokens& successor) {
    EXPECT_REFUSED(tokens().rotate_refresh_token(hash, successor, clock_.now(), kGrace),
                   Code::kNotFound);
  };
  refuse(hash_of("unknown"), some("2"));
  const auto other = given_grant(*store_, clock_.now(), "2", "other");
  refuse(first.refresh_hash, make_tokens(other, "2", clock_.now()));
  clock_.set(first.refresh_expires_at);
  refuse(first.refresh_hash, some("2"));
  EXPECT_EQ(sql("SELECT count(*) FROM mcph.refresh_token"), "1");
}

}  // namespace
}  // namespace mcph::store
