// Attacks that belong to no single RFC, each with its number in tests/threats/README.md.
#include "crypto/hash.h"
#include "oauth/redirect_uri.h"
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

class Threats : public OAuthTest {};

TEST_F(Threats, N10_AnErrorPageLinksNowhere) {
  const std::string evil = "https://evil.example/land";
  for (const auto& fields : {authorize_fields("nobody", evil), authorize_fields("client-1", evil),
                             bend(authorize_fields("client-1", evil), "client_id", "")}) {
    const auto page = ask(fields);
    EXPECT_EQ(page.status, 400);
    EXPECT_EQ(header(page, "location"), "");
    EXPECT_EQ(page.body.find("evil.example"), std::string::npos);
    EXPECT_EQ(page.body.find("<a "), std::string::npos);
    EXPECT_EQ(page.body.find("http-equiv"), std::string::npos);
  }
}

TEST_F(Threats, N11_NoSpellingOfARedirectUriPassesForAnother) {
  client.redirect_uris = {"https://app.example/callback"};
  for (const char* uri :
       {"https://app.example/callback/", "https://app.example/callback?", "https://app.example/",
        "https://app.example/callback#x", "https://app.example/callback/../evil",
        "https://app.example/%63allback", "https://APP.example/callback",
        "https://app.example:443/callback", "https://app.example:8443/callback",
        "http://app.example/callback", "https://user@app.example/callback",
        "https://app.example.evil.example/callback", "https://app.example%00.evil/callback",
        "https://app.example\\@evil.example/callback", " https://app.example/callback",
        "https://app.example/callback\r\nX: y", "https://app.example./callback"}) {
    EXPECT_FALSE(is_registered_redirect(client, uri)) << uri;
    EXPECT_EQ(ask(authorize_fields("client-1", uri)).status, 400) << uri;
  }
}

TEST_F(Threats, N15_NothingThatWasSentBreaksOutOfAHeader) {
  const std::string attack = "x\r\nSet-Cookie: mcph=1\r\n\r\n<script>";
  for (const char* name : {"state", "scope", "resource", "code_challenge_method", "response_type",
                           "client_id", "redirect_uri", "nonce"}) {
    const auto response = ask(bend(authorize_fields(), name, attack));
    for (std::size_t i = 0; i < response.headers.size(); ++i) {
      const auto field = response.headers.at(i);
      for (const char c : field.value) EXPECT_TRUE(c >= 0x20 && c != 0x7f) << name;
      EXPECT_NE(field.value, "mcph=1");
    }
    EXPECT_EQ(response.body.find("<script>"), std::string::npos) << name;
  }
  approve(open(bend(authorize_fields(), "state", attack)));
  const auto back = come_back();
  EXPECT_EQ(answer_of(back)["state"], attack) << "as it was, but encoded";
  EXPECT_EQ(header(back, "location").find('\r'), std::string::npos);
}

// Neither as it is nor with a prefix of ours, and nobody is asked about it.
TEST_F(Threats, N30_ATokenOfPingOneOpensNothingHere) {
  tokens.look_ups = 0;
  const std::string foreign = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl";
  for (const auto& token : {foreign, "mcp_at_" + foreign, "mcp_at_" + to_base64url(foreign)}) {
    EXPECT_FALSE(is_live(token));
  }
  EXPECT_EQ(tokens.look_ups, 0);
}

TEST_F(Threats, N37_38_EveryRedirectIsA303ThatLeavesNoTrace) {
  const auto page = open(authorize_fields());
  const auto to_pingone = approve(page);
  const auto to_client = come_back();
  const auto cancelled = browser.post(
      server, {{"request", sealed_in(open(authorize_fields()))}, {"decision", "cancel"}});
  const auto refused = ask(bend(authorize_fields(), "response_type", "token"));
  for (const auto& response : {to_pingone, to_client, cancelled, refused}) {
    EXPECT_EQ(response.status, 303);
    EXPECT_NE(header(response, "location"), "");
    EXPECT_EQ(header(response, "referrer-policy"), "no-referrer");
    EXPECT_EQ(header(response, "cache-control"), "no-store");
  }
  EXPECT_EQ(header(page, "referrer-policy"), "no-referrer");
}

}  // namespace
}  // namespace mcph::oauth
