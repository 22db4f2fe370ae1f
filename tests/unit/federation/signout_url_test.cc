#include <gtest/gtest.h>

#include "federation/begin_signin.h"

namespace mcph::federation {
namespace {

Metadata metadata() {
  Metadata made;
  made.end_session_endpoint = "https://idp.example/as/signoff";
  return made;
}

Provider provider() {
  Provider made;
  made.client_id = "client";
  made.signed_out_uri = "https://mcp.example/signout/done";
  return made;
}

// OpenID Connect RP-Initiated Logout 1.0 §2
TEST(SignOutUrl, SaysWhoAsksWhoseSignInEndsAndWhereToComeBack) {
  EXPECT_EQ(make_signout_url(metadata(), provider(), Secret(std::string("a.b.c")), "s 1"),
            "https://idp.example/as/signoff?client_id=client&id_token_hint=a.b.c"
            "&post_logout_redirect_uri=https%3A%2F%2Fmcp.example%2Fsignout%2Fdone&state=s%201");
}

TEST(SignOutUrl, LeavesOutWhatIsNotKnown) {
  const std::string url = make_signout_url(metadata(), provider(), {}, {});
  EXPECT_EQ(url.find("id_token_hint"), std::string::npos);
  EXPECT_EQ(url.find("state"), std::string::npos);
}

}  // namespace
}  // namespace mcph::federation
