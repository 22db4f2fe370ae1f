#include "federation/scope_shrink.h"

#include <gtest/gtest.h>

namespace mcph::federation {
namespace {

TEST(FindLostScopes, NamesWhatIsGoneAndNothingElse) {
  EXPECT_EQ(find_lost_scopes("openid a:read a:write", "a:read openid"), "a:write");
  EXPECT_EQ(find_lost_scopes("a b", "b a c"), "");
  EXPECT_EQ(find_lost_scopes("", "a"), "");
  EXPECT_EQ(find_lost_scopes("a  b", ""), "a b");
}

TEST(FindLostScopes, ComparesWholeWords) {
  EXPECT_EQ(find_lost_scopes("a:read", "a:readonly"), "a:read");
}

}  // namespace
}  // namespace mcph::federation
