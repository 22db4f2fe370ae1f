// RFC 6749 §6, RFC 9700 §4.14.2: refresh with rotation, grace and reuse detection.
#include <thread>

#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

class Refresh : public OAuthTest {
 protected:
  std::string first_ = text(sign_in(), "refresh_token");
  const GrantId grant_ = grants.list({}).value().at(0).id;

  Response refresh(const std::string& refresh_token) {
    return token(refresh_fields(refresh_token));
  }
  std::string reason() { return (*grants.find(grant_))->revoke_reason; }
};

TEST_F(Refresh, ReplacesBothTokens) {
  const auto response = refresh(first_);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header(response, "cache-control"), "no-store");
  const auto answer = body_of(response);
  EXPECT_NE(text(answer, "refresh_token"), first_);
  EXPECT_EQ(text(answer, "scope"), "todo:read todo:write");
  EXPECT_TRUE(is_live(text(answer, "access_token")));
  EXPECT_EQ(refresh(text(answer, "refresh_token")).status, 200);
}

// A client that lost our answer, or asked twice at once, must not lose its session.
TEST_F(Refresh, AnswersTheSameAgainWithinTheGraceTime) {
  const auto answer = refresh(first_).body;
  clock.advance(Seconds{29});
  EXPECT_EQ(refresh(first_).body, answer);
  EXPECT_EQ(reason(), "");
}

TEST_F(Refresh, GivesManyAtOnceTheSameAnswer) {
  std::vector<std::string> answers(16);
  std::vector<std::thread> racers;
  for (auto& answer : answers) racers.emplace_back([&] { answer = refresh(first_).body; });
  for (auto& racer : racers) racer.join();
  EXPECT_THAT(answers, testing::Each(answers.front()));
  EXPECT_THAT(answers.front(), testing::HasSubstr("access_token"));
}

// Threat: refresh token theft.
TEST_F(Refresh, RevokesTheGrantWhenATokenIsUsedAfterTheGraceTime) {
  const auto answer = body_of(refresh(first_));
  ASSERT_TRUE(is_live(text(answer, "access_token")));
  clock.advance(Seconds{30});
  EXPECT_EQ(error_of(refresh(first_)), "invalid_grant");
  EXPECT_EQ(reason(), "refresh_token_reused");
  EXPECT_EQ(verifier.find_cached(text(answer, "access_token")), nullptr);
  EXPECT_EQ(error_of(refresh(text(answer, "refresh_token"))), "invalid_grant");
}

TEST_F(Refresh, RevokesTheGrantWhenATokenIsUsedAfterItsSuccessor) {
  const auto second = text(body_of(refresh(first_)), "refresh_token");
  refresh(second);
  EXPECT_EQ(error_of(refresh(first_)), "invalid_grant");
  EXPECT_EQ(reason(), "refresh_token_reused");
}

TEST_F(Refresh, RefusesTheTokenOfAnotherClient) {
  Client other = client;
  other.id = ClientId{"other"};
  add(other);
  EXPECT_EQ(error_of(token(bend(refresh_fields(first_), "client_id", "other"))), "invalid_grant");
  EXPECT_EQ(reason(), "");
  EXPECT_EQ(refresh(first_).status, 200);
}

TEST_F(Refresh, RefusesGarbageAndExpiredTokensWithoutALookUp) {
  tokens.look_ups = 0;
  for (const std::string& garbage : {std::string("x"), "mcp_at_" + first_.substr(7), first_ + "x",
                                     std::string("mcp_rt_") + std::string(72, 'A')}) {
    EXPECT_EQ(error_of(refresh(garbage)), "invalid_grant") << garbage;
  }
  clock.advance(Seconds{30 * 24 * 3600});
  EXPECT_EQ(error_of(refresh(first_)), "invalid_grant");
  EXPECT_EQ(tokens.look_ups, 0);
  EXPECT_EQ(error_of(token(bend(refresh_fields("x"), "refresh_token", ""))), "invalid_request");
}

TEST_F(Refresh, EndsWithTheGrantHoweverOftenItIsRepeated) {
  clock.advance(Seconds{30 * 24 * 3600 - 100});
  const auto answer = body_of(refresh(first_));
  EXPECT_EQ(find_int(answer, "expires_in"), 100);
  clock.advance(Seconds{100});
  EXPECT_EQ(error_of(refresh(text(answer, "refresh_token"))), "invalid_grant");
}

// §6: no more than was granted.
TEST_F(Refresh, NarrowsTheScopeOfTheAccessTokenAlone) {
  auto fields = refresh_fields(first_);
  fields.emplace_back("scope", "todo:read");
  const auto answer = body_of(token(fields));
  EXPECT_EQ(text(answer, "scope"), "todo:read");
  const auto caller = verifier.verify(text(answer, "access_token"));
  EXPECT_FALSE((*caller)->has_scope("todo:write"));
  EXPECT_EQ(text(body_of(refresh(text(answer, "refresh_token"))), "scope"), "todo:read todo:write");
}

TEST_F(Refresh, RefusesAWiderScope) {
  const auto narrow =
      body_of(token(code_fields(code_for(bend(authorize_fields(), "scope", "todo:read")))));
  for (const char* scope : {"todo:read todo:write", "todo:write", "admin", "a\"b"}) {
    auto fields = refresh_fields(text(narrow, "refresh_token"));
    fields.emplace_back("scope", scope);
    EXPECT_EQ(error_of(token(fields)), "invalid_scope") << scope;
  }
}

// mcp-remote repeats whatever it once asked for.
TEST_F(Refresh, LeavesOutScopesThatDoNotExist) {
  auto fields = refresh_fields(first_);
  fields.emplace_back("scope", "todo:read offline_access");
  EXPECT_EQ(text(body_of(token(fields)), "scope"), "todo:read");
}

TEST_F(Refresh, RefusesAnotherResource) {
  auto fields = refresh_fields(first_);
  fields.emplace_back("resource", "https://other.example/mcp");
  EXPECT_EQ(error_of(token(fields)), "invalid_target");
  EXPECT_EQ(refresh(first_).status, 200);
}

TEST_F(Refresh, IsRefusedForARevokedGrant) {
  ASSERT_TRUE(grants.revoke(grant_, "by_admin").ok());
  EXPECT_EQ(error_of(refresh(first_)), "invalid_grant");
}

TEST_F(Refresh, SaysSoWhenTheStoreIsAwayAndLosesNothing) {
  tokens.broken = true;
  EXPECT_EQ(refresh(first_).status, 503);
  tokens.broken = false;
  EXPECT_EQ(refresh(first_).status, 200);
}

}  // namespace
}  // namespace mcph::oauth
