#include "app/local_user.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcph::app {
namespace {

TEST(LocalUser, HoldsEveryScopeThatAnythingAsksFor) {
  mcp::Offers offers;
  offers.tools.items = {{"a", "p", "{}", {"read"}}, {"b", "p", "{}", {"read", "write"}}};
  offers.resources.items = {{"test://r", "p", "{}", {"files"}}};
  offers.prompts.items = {{"q", "p", "{}", {"prompts"}}};
  const auto user = make_local_user(offers);
  EXPECT_THAT(user->scopes, ::testing::ElementsAre("files", "prompts", "read", "write"));
  EXPECT_GT(user->expires_at, SystemClock().now() + Seconds(100 * 365 * 86'400LL));
}

TEST(LocalUser, IsTheSameOnEveryHost) {
  const auto one = make_local_user({}), other = make_local_user({});
  EXPECT_EQ(one->principal, other->principal);
  EXPECT_EQ(one->client, other->client);
  EXPECT_EQ(one->grant, other->grant);
}

TEST(LocalUser, HasNoTokenOfAnApi) {
  NoUpstreamTokens tokens;
  const GrantId grant = make_local_user({})->grant;
  EXPECT_EQ(tokens.find_cached(grant), nullptr);
  const auto token = tokens.get(grant);
  ASSERT_FALSE(token.ok());
  EXPECT_EQ(token.error().code, Code::kForbidden);
  EXPECT_THAT(token.error().message, ::testing::HasSubstr("runs without sign-in"));
}

}  // namespace
}  // namespace mcph::app
