// RFC 8414 (authorization server metadata), RFC 9728 (protected resource metadata).
#include "oauth/metadata.h"

#include "oauth/challenge.h"
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

class Metadata : public OAuthTest {};

TEST_F(Metadata, NamesEveryEndpointUnderTheIssuer) {
  const auto document = body_of(server.server_metadata());
  EXPECT_EQ(text(document, "issuer"), "https://mcp.example");
  EXPECT_EQ(text(document, "authorization_endpoint"), "https://mcp.example/authorize");
  EXPECT_EQ(text(document, "token_endpoint"), "https://mcp.example/token");
  EXPECT_EQ(text(document, "registration_endpoint"), "https://mcp.example/register");
  EXPECT_EQ(text(document, "revocation_endpoint"), "https://mcp.example/revoke");
  EXPECT_EQ(text(document, "introspection_endpoint"), "https://mcp.example/introspect");
}

// RFC 7636 §5, RFC 9207 §3: clients refuse a server that does not say so.
TEST_F(Metadata, OffersS256AloneAndPromisesTheIssuerInResponses) {
  const auto document = body_of(server.server_metadata());
  EXPECT_EQ(to_json(document.at("code_challenge_methods_supported")), R"(["S256"])");
  EXPECT_EQ(to_json(document.at("response_types_supported")), R"(["code"])");
  EXPECT_EQ(to_json(document.at("grant_types_supported")),
            R"(["authorization_code","refresh_token",)"
            R"("urn:ietf:params:oauth:grant-type:token-exchange"])");
  EXPECT_EQ(to_json(document.at("token_endpoint_auth_methods_supported")),
            R"(["none","client_secret_basic","client_secret_post","private_key_jwt"])");
  EXPECT_TRUE(document.at("authorization_response_iss_parameter_supported").as_bool());
}

TEST_F(Metadata, HidesRegistrationWhenItIsOff) {
  Settings settings = test_settings();
  settings.registration = Registration::kOff;
  EXPECT_FALSE(make_server_metadata(settings).contains("registration_endpoint"));
}

// RFC 9728 §2
TEST_F(Metadata, OfTheResourceNamesThisServerAndItsScopes) {
  EXPECT_EQ(
      to_json(make_resource_metadata(server.settings())),
      R"({"resource":"https://mcp.example/mcp","authorization_servers":["https://mcp.example"],)"
      R"("scopes_supported":["todo:read","todo:write"],"bearer_methods_supported":["header"],)"
      R"("dpop_signing_alg_values_supported":["ES256","RS256"],)"
      R"("resource_name":"To-do tools"})");
}

TEST_F(Metadata, OfTheResourceNamesWhoIssuesItsTokens) {
  Settings settings = test_settings();
  settings.token_issuer = "https://idp.example/as";
  EXPECT_EQ(to_json(make_resource_metadata(settings).at("authorization_servers")),
            R"(["https://idp.example/as"])");
  // Where the document itself is found stays ours.
  EXPECT_TRUE(resource_metadata_url(settings).starts_with("https://mcp.example/"));
}

TEST_F(Metadata, HasNoNulls) {
  Settings settings = test_settings();
  settings.resource_name.clear();
  settings.scopes.clear();
  for (const auto& document : {make_server_metadata(settings), make_resource_metadata(settings)}) {
    for (const auto& member : document) EXPECT_FALSE(member.value().is_null()) << member.key();
  }
  EXPECT_FALSE(make_resource_metadata(settings).contains("resource_name"));
}

// RFC 9728 §3.1
TEST_F(Metadata, OfTheResourceLiesBetweenHostAndPath) {
  Settings settings = test_settings();
  EXPECT_EQ(resource_metadata_path(settings), "/.well-known/oauth-protected-resource/mcp");
  settings.resource = "https://mcp.example";
  EXPECT_EQ(resource_metadata_path(settings), "/.well-known/oauth-protected-resource");
}

class ChallengeText : public OAuthTest {
 protected:
  const Challenge challenge{test_settings()};
};

// RFC 6750 §3.1: no error code for somebody who did not try.
TEST_F(ChallengeText, IsBareWithoutAToken) {
  EXPECT_EQ(
      challenge.token_required(),
      "Bearer resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource/mcp\", "
      "scope=\"todo:read todo:write\"");
}

TEST_F(ChallengeText, SaysInvalidTokenForABadOne) {
  const auto value = challenge.invalid_token("it expired");
  EXPECT_TRUE(
      value.starts_with("Bearer error=\"invalid_token\", error_description=\"it expired\""));
  EXPECT_THAT(value, testing::HasSubstr("resource_metadata=\"https://mcp.example/.well-known/"));
}

TEST_F(ChallengeText, NamesAllScopesTheOperationNeeds) {
  EXPECT_THAT(challenge.insufficient_scope({"todo:read", "todo:write"}),
              testing::AllOf(testing::StartsWith("Bearer error=\"insufficient_scope\""),
                             testing::HasSubstr("scope=\"todo:read todo:write\"")));
}

TEST_F(ChallengeText, CannotBeBrokenOutOf) {
  const auto value = challenge.invalid_token("a\"b\\c\r\nSet-Cookie: x=1");
  EXPECT_THAT(value, testing::HasSubstr(R"(a\"b\\cSet-Cookie: x=1")"));
  EXPECT_EQ(value.find('\n'), std::string::npos);
}

// What a client is told at first; the rest it is told when a call needs it.
TEST_F(OAuthTest, ClientsAreToldToAskForTheInitialScopes) {
  Settings settings = test_settings();
  settings.initial_scopes = {"todo:read", "unknown"};
  const Challenge challenge(settings);
  EXPECT_THAT(challenge.token_required(), testing::HasSubstr("scope=\"todo:read\""));
  const Server asking(settings, parts);
  const auto page =
      browser.get(asking, "/authorize?" + to_form(bend(authorize_fields(), "scope", "")));
  EXPECT_THAT(page.body, testing::HasSubstr("See your to-do list"));
  EXPECT_THAT(page.body, testing::Not(testing::HasSubstr("Change your to-do list")));
  const auto both = browser.get(asking, "/authorize?" + to_form(authorize_fields()));
  EXPECT_THAT(both.body, testing::HasSubstr("Change your to-do list"));
}

}  // namespace
}  // namespace mcph::oauth
