// Token texts, their verification and the cache that revocation empties.
#include <set>
#include <thread>

#include "crypto/key_ring.h"
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

class TokenText : public OAuthTest {};

TEST_F(TokenText, SaysWhenItExpiresToWhoMadeIt) {
  for (const auto kind : {TokenKind::kAccess, TokenKind::kRefresh, TokenKind::kCode}) {
    const auto made = format.make(kind, from_unix(1'900'000'000));
    EXPECT_TRUE(made.reveal().starts_with(prefix_of(kind)));
    EXPECT_EQ(format.find_expiry(kind, made.reveal()), from_unix(1'900'000'000));
  }
}

TEST_F(TokenText, IsNeverTheSameTwice) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) seen.emplace(format.make(TokenKind::kAccess, clock.now()).reveal());
  EXPECT_EQ(seen.size(), 100u);
}

TEST_F(TokenText, CannotBePassedOffAsAnotherKind) {
  const std::string made(format.make(TokenKind::kAccess, clock.now()).reveal());
  EXPECT_FALSE(format.find_expiry(TokenKind::kRefresh, "mcp_rt_" + made.substr(7)));
  EXPECT_FALSE(format.find_expiry(TokenKind::kRefresh, made));
}

TEST_F(TokenText, IsRefusedWhenAnyCharacterChanged) {
  const std::string made(format.make(TokenKind::kAccess, clock.now()).reveal());
  for (std::size_t i = 0; i < made.size(); ++i) {
    std::string bent = made;
    bent[i] = bent[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(format.find_expiry(TokenKind::kAccess, bent)) << i;
  }
  for (const std::string& other :
       {std::string{}, made.substr(1), made + "A", made + "=", std::string("mcp_at_")}) {
    EXPECT_FALSE(format.find_expiry(TokenKind::kAccess, other));
  }
}

TEST_F(TokenText, SurvivesAKeyRotationAndDiesWithItsKey) {
  const auto old_ring = *crypto::KeyRing::parse("k1:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8");
  const std::string old(
      TokenFormat(old_ring, random).make(TokenKind::kAccess, clock.now()).reveal());
  EXPECT_TRUE(format.find_expiry(TokenKind::kAccess, old));
  const auto new_ring = *crypto::KeyRing::parse("k2:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
  EXPECT_FALSE(TokenFormat(new_ring, random).find_expiry(TokenKind::kAccess, old));
}

class VerifyAccessToken : public OAuthTest {
 protected:
  const std::string token_ = text(sign_in(), "access_token");
  const Caller caller_ = **verifier.verify(token_);
};

TEST_F(VerifyAccessToken, NamesTheCaller) {
  EXPECT_EQ(caller_.subject, "user-1");
  EXPECT_EQ(caller_.issuer, "https://idp.example");
  EXPECT_EQ(caller_.client.str(), "client-1");
  EXPECT_EQ(caller_.scopes, (std::vector<std::string>{"todo:read", "todo:write"}));
  EXPECT_EQ(caller_.expires_at, clock.now() + Seconds{600});
}

TEST_F(VerifyAccessToken, AsksTheStoreOnceInThirtySeconds) {
  tokens.look_ups = 0;
  EXPECT_NE(verifier.find_cached(token_), nullptr);
  clock.advance(Seconds{29});
  EXPECT_NE(verifier.find_cached(token_), nullptr);
  EXPECT_EQ(tokens.look_ups, 0);
  clock.advance(Seconds{1});
  EXPECT_EQ(verifier.find_cached(token_), nullptr);
  EXPECT_TRUE(verifier.verify(token_).ok());
  EXPECT_EQ(tokens.look_ups, 1);
}

TEST_F(VerifyAccessToken, NeverCachesBeyondTheExpiry) {
  clock.advance(Seconds{595});
  ASSERT_TRUE(verifier.verify(token_).ok());
  clock.advance(Seconds{4});
  EXPECT_NE(verifier.find_cached(token_), nullptr);
  clock.advance(Seconds{1});
  EXPECT_EQ(verifier.find_cached(token_), nullptr);
  EXPECT_EQ(verifier.verify(token_).error().code, Code::kUnauthorized);
}

TEST_F(VerifyAccessToken, DoesNotPutOffExpiryWhenTheClockIsSetBack) {
  clock.advance(Seconds{20});
  clock.set(clock.now() - Seconds{3600});
  clock.advance_steady(Milliseconds{10'000});
  EXPECT_EQ(verifier.find_cached(token_), nullptr);
}

TEST_F(VerifyAccessToken, RefusesGarbageAndExpiredTokensWithoutALookUp) {
  tokens.look_ups = 0;
  for (const std::string& garbage : {std::string{}, std::string("eyJhbGciOiJSUzI1NiJ9.e30.x"),
                                     token_ + "x", std::string("mcp_at_") + std::string(72, 'A')}) {
    EXPECT_FALSE(verifier.may_be_live(garbage));
    EXPECT_EQ(verifier.verify(garbage).error().code, Code::kUnauthorized);
  }
  clock.advance(Seconds{600});
  EXPECT_FALSE(verifier.may_be_live(token_));
  EXPECT_FALSE(is_live(token_));
  EXPECT_EQ(tokens.look_ups, 0);
}

TEST_F(VerifyAccessToken, DoesNotTakeALostStoreForABadToken) {
  verifier.forget_all();
  tokens.broken = true;
  EXPECT_EQ(verifier.verify(token_).error().code, Code::kUnavailable);
}

// RFC 8707 §2: a token for another resource is not for us.
TEST_F(VerifyAccessToken, RefusesATokenForAnotherResource) {
  StoredTokens others("https://mcp.example/other", format, tokens, clock);
  AccessTokenVerifier other({Seconds{30}, 16}, others, clock);
  EXPECT_EQ(other.verify(token_).error().code, Code::kUnauthorized);
  EXPECT_EQ(other.find_cached(token_), nullptr);
  StoredTokens belows("https://mcp.example/mcp/tools", format, tokens, clock);
  AccessTokenVerifier below({Seconds{30}, 16}, belows, clock);
  EXPECT_TRUE(below.verify(token_).ok());
}

TEST(CoversResource, EndsAtASegment) {
  EXPECT_TRUE(covers_resource("https://h/mcp", "https://h/mcp"));
  EXPECT_TRUE(covers_resource("https://h", "https://h/mcp"));
  EXPECT_TRUE(covers_resource("https://h/", "https://h/mcp"));
  EXPECT_FALSE(covers_resource("https://h/mc", "https://h/mcp"));
  EXPECT_FALSE(covers_resource("https://h/mcp", "https://h/mcpx"));
  EXPECT_FALSE(covers_resource("https://h/mcp/x", "https://h/mcp"));
  EXPECT_FALSE(covers_resource("https://h", "https://h.evil.example/mcp"));
  EXPECT_FALSE(covers_resource("", "https://h/mcp"));
}

TEST_F(VerifyAccessToken, ForgetsByGrantClientTokenAndAll) {
  const auto again = [this] {
    ASSERT_TRUE(verifier.verify(token_).ok());
    ASSERT_NE(verifier.find_cached(token_), nullptr);
  };
  verifier.forget_grant(GrantId{"another"});
  verifier.forget_client(ClientId{"another"});
  verifier.forget_token(crypto::sha256("another"));
  EXPECT_NE(verifier.find_cached(token_), nullptr);
  verifier.forget_grant(caller_.grant);
  EXPECT_EQ(verifier.find_cached(token_), nullptr);
  again();
  verifier.forget_client(caller_.client);
  EXPECT_EQ(verifier.find_cached(token_), nullptr);
  again();
  verifier.forget_token(crypto::sha256(token_));
  EXPECT_EQ(verifier.find_cached(token_), nullptr);
  again();
  verifier.forget_token("not a digest");
  EXPECT_EQ(verifier.find_cached(token_), nullptr);
  again();
  verifier.forget_all();
  EXPECT_EQ(verifier.find_cached(token_), nullptr);
}

// The row was read, then the grant is revoked everywhere, then the reader wants to cache what it
// read.
TEST_F(VerifyAccessToken, DoesNotCacheWhatWasRevokedWhileItWasRead) {
  verifier.forget_all();
  tokens.during_look_up = [this] {
    ASSERT_TRUE(grants.revoke(caller_.grant, "test").ok());
    verifier.forget_grant(caller_.grant);
  };
  EXPECT_TRUE(verifier.verify(token_).ok()) << "the race itself may go either way";
  tokens.during_look_up = nullptr;
  EXPECT_EQ(verifier.find_cached(token_), nullptr);
  EXPECT_FALSE(is_live(token_));
}

TEST_F(VerifyAccessToken, LooksEveryTokenUpWhenTheCacheIsOff) {
  AccessTokenVerifier strict({Seconds{0}, 16}, stored_tokens, clock);
  ASSERT_TRUE(strict.verify(token_).ok());
  EXPECT_EQ(strict.find_cached(token_), nullptr);
}

TEST(TokenCacheSize, StaysBounded) {
  TokenCache cache(64);
  const auto caller = std::make_shared<const Caller>();
  const SteadyTime now{};
  for (int i = 0; i < 1000; ++i) {
    cache.insert(crypto::sha256(std::to_string(i)), {caller, nullptr}, now + Seconds{30}, now,
                 cache.ticket());
  }
  EXPECT_LE(cache.size(), 64u);
  EXPECT_GT(cache.size(), 0u);
}

TEST(TokenCacheRace, NeverKeepsWhatWasForgotten) {
  TokenCache cache(1024);
  const auto caller = std::make_shared<const Caller>();
  const std::string digest = crypto::sha256("token");
  const SteadyTime now{};
  for (int round = 0; round < 500; ++round) {
    const auto ticket = cache.ticket();  // the row is read after this
    std::thread writer([&] {
      cache.insert(digest, {caller, nullptr}, now + Seconds{30}, now, ticket);
    });
    cache.forget(digest);
    writer.join();
    ASSERT_EQ(cache.find(digest, now), nullptr) << "the insert came late and was not refused";
  }
}

}  // namespace
}  // namespace mcph::oauth
