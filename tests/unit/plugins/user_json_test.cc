#include "plugins/user_json.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace mcph::plugins {
namespace {

TEST(UserJson, IsValidWhateverTheIdentityProviderCallsAUser) {
  Caller caller;
  caller.issuer = "https://auth.example.com";
  caller.subject = "a\"b\\c\n\x01 \xC3\xA9";
  caller.client = ClientId("c");
  caller.scopes = {"a", "b"};
  const auto user = parse_json(make_user_json(caller, nullptr));
  ASSERT_TRUE(user.ok());
  EXPECT_EQ(find_string(user->as_object(), "sub"), caller.subject);
  EXPECT_EQ(find_string(user->as_object(), "scope"), "a b");
  EXPECT_EQ(find(user->as_object(), "claims"), nullptr);
}

TEST(UserJson, ShowsClaimsAndExpiryAndNeverTheToken) {
  const UpstreamToken token{Secret(std::string("the-token")), R"({"name":"Ada"})", from_unix(17),
                            1};
  const std::string text = make_user_json(Caller(), &token);
  EXPECT_EQ(text.find("the-token"), std::string::npos);
  const auto user = parse_json(text);
  ASSERT_TRUE(user.ok());
  EXPECT_EQ(find_string(*find_object(user->as_object(), "claims"), "name"), "Ada");
  EXPECT_EQ(find_int(user->as_object(), "upstream_expires_at"), 17);
}

}  // namespace
}  // namespace mcph::plugins
