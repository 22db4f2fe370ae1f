// The authorization endpoint: RFC 6749 §4.1.1, §4.1.2.1, RFC 9700 §2.1, §4.1, RFC 7636, RFC 8707,
// RFC 9207.
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

class AuthorizeEndpoint : public OAuthTest {
 protected:
  // The error comes by redirect, with what belongs to it.
  void expect_redirected(const FormFields& fields, const std::string& error) {
    const auto response = ask(fields);
    EXPECT_EQ(response.status, 303) << error;
    EXPECT_TRUE(header(response, "location").starts_with(std::string(kRedirect) + "?")) << error;
    auto answer = answer_of(response);
    EXPECT_EQ(answer["error"], error);
    EXPECT_EQ(answer["state"], "the state & more") << error;
    EXPECT_EQ(answer["iss"], "https://mcp.example") << error;
    EXPECT_FALSE(answer.contains("code"));
    EXPECT_EQ(header(response, "referrer-policy"), "no-referrer");
    EXPECT_EQ(header(response, "cache-control"), "no-store");
  }
  // The error stays here, on a page.
  void expect_local(const FormFields& fields, const std::string& error, int status = 400) {
    const auto page = ask(fields);
    EXPECT_EQ(page.status, status);
    EXPECT_EQ(header(page, "location"), "");
    EXPECT_EQ(header(page, "content-type"), "text/html; charset=utf-8");
    EXPECT_THAT(page.body, testing::HasSubstr(error));
    const auto document = ask(fields, "application/json");
    EXPECT_EQ(document.status, status);
    EXPECT_EQ(error_of(document), error);
  }
};

TEST_F(AuthorizeEndpoint, ShowsTheConsentPageForAGoodRequest) {
  const auto page = ask(authorize_fields());
  EXPECT_EQ(page.status, 200);
  EXPECT_FALSE(sealed_in(page).empty());
}

TEST_F(AuthorizeEndpoint, WritesNothingAndAsksNobodyOnGet) {
  for (int i = 0; i < 3; ++i) ask(authorize_fields());
  EXPECT_EQ(signins.size(), 0u);
  EXPECT_TRUE(idp.states.empty());
}

// Threat: open redirect. RFC 6749 §4.1.2.1
TEST_F(AuthorizeEndpoint, NeverRedirectsForAnUnknownClient) {
  expect_local(authorize_fields("nobody"), "invalid_client");
  expect_local(authorize_fields(std::string(300, 'x')), "invalid_client");
  expect_local(bend(authorize_fields(), "client_id", ""), "invalid_request");
}

TEST_F(AuthorizeEndpoint, NeverRedirectsForADisabledClient) {
  Client disabled = client;
  disabled.disabled = true;
  ASSERT_TRUE(clients.update(disabled).ok());
  expect_local(authorize_fields(), "invalid_client");
}

TEST_F(AuthorizeEndpoint, NeverRedirectsToAnUnregisteredUri) {
  for (const char* uri :
       {"https://evil.example/callback", "https://app.example/callback/",
        "https://app.example/callback?x=1", "https://app.example/Callback",
        "https://app.example:444/callback", "http://app.example/callback",
        "https://app.example.evil.example/callback", "HTTPS://app.example/callback",
        "https://app.example/callback#f", "https://u@app.example/callback", "javascript:alert(1)",
        "https://app.example/%63allback"}) {
    expect_local(bend(authorize_fields(), "redirect_uri", uri), "invalid_request");
  }
}

// mcp-remote asks like this whether its registration is still good, and registers anew if not.
TEST_F(AuthorizeEndpoint, AnswersJsonToWhoPrefersIt) {
  EXPECT_EQ(error_of(ask(authorize_fields("nobody"), "application/json")), "invalid_client");
  EXPECT_EQ(error_of(ask(authorize_fields("nobody"), "text/html;q=0.1, application/json;q=0.9")),
            "invalid_client");
  for (const char* accept : {"*/*", "text/html", "application/json;q=0.5, text/html", ""}) {
    EXPECT_EQ(header(ask(authorize_fields("nobody"), accept), "content-type"),
              "text/html; charset=utf-8")
        << accept;
  }
}

// RFC 8252 §7.3: the port of a loopback address is chosen when the client starts.
TEST_F(AuthorizeEndpoint, LetsThePortOfALoopbackLiteralDiffer) {
  Client native = client;
  native.id = ClientId{"native"};
  native.application_type = "web";
  native.redirect_uris = {"http://127.0.0.1:1000/cb", "http://[::1]/cb",
                          "http://localhost:1000/cb"};
  add(native);
  for (const char* uri : {"http://127.0.0.1:1000/cb", "http://127.0.0.1:65535/cb",
                          "http://127.0.0.1/cb", "http://[::1]:5/cb", "http://localhost:1000/cb"}) {
    EXPECT_EQ(ask(authorize_fields("native", uri)).status, 200) << uri;
  }
  for (const char* uri :
       {"http://127.0.0.1:1000/other", "http://127.0.0.2:1000/cb", "https://127.0.0.1:1000/cb",
        "http://127.0.0.1:1000/cb?x=1", "http://127.0.0.1:1000/cb?", "http://localhost:2000/cb",
        "http://u@127.0.0.1:1000/cb", "http://127.0.0.1:99999/cb", "http://127.0.0.1:1000/cb#f",
        "http://127.0.0.1:80@evil.example/cb"}) {
    expect_local(authorize_fields("native", uri), "invalid_request");
  }
}

TEST_F(AuthorizeEndpoint, LetsThePortOfLocalhostDifferForNativeClients) {
  Client native = client;
  native.id = ClientId{"native"};
  native.application_type = "native";
  native.redirect_uris = {"http://localhost:1000/cb"};
  add(native);
  EXPECT_EQ(ask(authorize_fields("native", "http://localhost:2000/cb")).status, 200);
  expect_local(authorize_fields("native", "http://127.0.0.1:2000/cb"), "invalid_request");
}

// RFC 6749 §3.1.2.3
TEST_F(AuthorizeEndpoint, NeedsTheRedirectUriOnlyWhenThereIsAChoice) {
  EXPECT_EQ(ask(bend(authorize_fields(), "redirect_uri", "")).status, 200);
  Client two = client;
  two.id = ClientId{"two"};
  two.redirect_uris = {"https://a.example/1", "https://a.example/2"};
  add(two);
  expect_local(bend(authorize_fields("two"), "redirect_uri", ""), "invalid_request");
}

// RFC 6749 §3.1
TEST_F(AuthorizeEndpoint, RefusesRepeatedParameters) {
  auto twice = authorize_fields();
  twice.emplace_back("scope", "todo:read");
  expect_redirected(twice, "invalid_request");
  for (const char* name : {"client_id", "redirect_uri"}) {
    auto fields = authorize_fields();
    fields.emplace_back(name, "https://evil.example/");
    expect_local(fields, "invalid_request");
  }
}

TEST_F(AuthorizeEndpoint, EchoesNoStateWhenThereAreTwo) {
  auto fields = authorize_fields();
  fields.emplace_back("state", "another");
  auto answer = answer_of(ask(fields));
  EXPECT_EQ(answer["error"], "invalid_request");
  EXPECT_FALSE(answer.contains("state"));
}

TEST_F(AuthorizeEndpoint, TakesAnEmptyValueForAnAbsentOne) {
  auto fields = authorize_fields();
  fields.emplace_back("request_uri", "");
  EXPECT_EQ(ask(fields).status, 200);
  fields = bend(authorize_fields(), "code_challenge", "");
  fields.emplace_back("code_challenge", "");
  expect_redirected(fields, "invalid_request");
}

TEST_F(AuthorizeEndpoint, RefusesOtherResponseTypesAndModes) {
  expect_redirected(bend(authorize_fields(), "response_type", ""), "invalid_request");
  for (const char* type : {"token", "id_token", "code token", "CODE", "none"}) {
    expect_redirected(bend(authorize_fields(), "response_type", type), "unsupported_response_type");
  }
  auto fields = authorize_fields();
  fields.emplace_back("response_mode", "fragment");
  expect_redirected(fields, "invalid_request");
}

// Threat: PKCE downgrade. RFC 9700 §2.1.1, RFC 7636 §4.4.1
TEST_F(AuthorizeEndpoint, WantsS256OfEverybody) {
  expect_redirected(bend(authorize_fields(), "code_challenge", ""), "invalid_request");
  expect_redirected(bend(authorize_fields(), "code_challenge_method", ""), "invalid_request");
  for (const char* method : {"plain", "s256", "S512", "S256 "}) {
    expect_redirected(bend(authorize_fields(), "code_challenge_method", method), "invalid_request");
  }
  for (const std::string& challenge :
       {std::string("short"), std::string(43, '!'), std::string(kChallenge) + "=",
        std::string(kVerifier) + "x", std::string(128, 'a')}) {
    expect_redirected(bend(authorize_fields(), "code_challenge", challenge), "invalid_request");
  }
}

TEST_F(AuthorizeEndpoint, WantsS256OfConfidentialClientsToo) {
  Client confidential = client;
  confidential.id = ClientId{"confidential"};
  confidential.auth_method = AuthMethod::kBasic;
  add(confidential);
  EXPECT_EQ(answer_of(ask(bend(authorize_fields("confidential"), "code_challenge", "")))["error"],
            "invalid_request");
}

// RFC 8707 §2
TEST_F(AuthorizeEndpoint, RefusesAnotherResource) {
  for (const char* resource :
       {"https://other.example/mcp", "https://mcp.example/other", "mcp",
        "https://mcp.example/mcp#x", "https://mcp.example/mcp/", "https://mcp.example",
        "http://mcp.example/mcp", "https://mcp.example.evil.example/mcp"}) {
    expect_redirected(bend(authorize_fields(), "resource", resource), "invalid_target");
  }
  auto two = authorize_fields();
  two.emplace_back("resource", "https://other.example/mcp");
  expect_redirected(two, "invalid_target");
}

TEST_F(AuthorizeEndpoint, AcceptsTheResourceInEverySpellingOrNone) {
  for (const char* resource : {"", "https://mcp.example/mcp", "HTTPS://MCP.example:443/mcp"}) {
    EXPECT_EQ(ask(bend(authorize_fields(), "resource", resource)).status, 200) << resource;
  }
  auto twice = authorize_fields();
  twice.emplace_back("resource", kResource);
  EXPECT_EQ(ask(twice).status, 200);
}

// Threat: scope escalation. RFC 6749 §3.3
TEST_F(AuthorizeEndpoint, RefusesScopesThatDoNotExist) {
  for (const char* scope :
       {"admin root", "openid email profile", "todo:readonly", "\"quoted\"", "a\\b"}) {
    expect_redirected(bend(authorize_fields(), "scope", scope), "invalid_scope");
  }
}

TEST_F(AuthorizeEndpoint, GrantsNoMoreThanTheClientsCeiling) {
  Client narrow = client;
  narrow.id = ClientId{"narrow"};
  narrow.scopes = {"todo:read"};
  add(narrow);
  EXPECT_EQ(answer_of(ask(bend(authorize_fields("narrow"), "scope", "todo:write")))["error"],
            "invalid_scope");
  const auto page = ask(authorize_fields("narrow"));
  EXPECT_THAT(page.body, testing::HasSubstr("See your to-do list"));
  EXPECT_THAT(page.body, testing::Not(testing::HasSubstr("Change your to-do list")));
}

TEST_F(AuthorizeEndpoint, RefusesRequestObjectsAndAuthorizationDetails) {
  const std::pair<const char*, const char*> cases[] = {
      {"request", "request_not_supported"},
      {"request_uri", "request_uri_not_supported"},
      {"authorization_details", "invalid_authorization_details"}};
  for (const auto& [name, error] : cases) {
    auto fields = authorize_fields();
    fields.emplace_back(name, "https://evil.example/");
    expect_redirected(fields, error);
  }
}

TEST_F(AuthorizeEndpoint, RefusesAClientWithoutTheCodeGrant) {
  Client other = client;
  other.id = ClientId{"other"};
  other.grant_types = {"refresh_token"};
  add(other);
  EXPECT_EQ(answer_of(ask(authorize_fields("other")))["error"], "unauthorized_client");
}

TEST_F(AuthorizeEndpoint, RefusesAQueryThatCannotBeRead) {
  for (const char* query : {"client_id=%zz", "client_id=%", "client_id=client-1&state=%ff",
                            "client_id=client-1&state=%00"}) {
    Request request;
    request.target = std::string("/authorize?") + query;
    const auto response = server.authorize(request);
    EXPECT_EQ(response.status, 400) << query;
    EXPECT_EQ(header(response, "location"), "");
  }
  std::string many = "/authorize?";
  for (int i = 0; i < 100; ++i) many += "a" + std::to_string(i) + "=1&";
  Request request;
  request.target = many;
  EXPECT_EQ(server.authorize(request).status, 400);
}

// Threat: header injection.
TEST_F(AuthorizeEndpoint, EncodesTheStateInTheLocation) {
  auto fields = bend(authorize_fields(), "state", "a\r\nSet-Cookie: b=c");
  const auto response = ask(bend(fields, "response_type", "token"));
  EXPECT_EQ(header(response, "location").find('\n'), std::string::npos);
  EXPECT_EQ(answer_of(response)["state"], "a\r\nSet-Cookie: b=c");
}

TEST_F(AuthorizeEndpoint, KeepsTheQueryOfTheRedirectUri) {
  Client with_query = client;
  with_query.id = ClientId{"query"};
  with_query.redirect_uris = {"https://app.example/cb?tenant=7"};
  add(with_query);
  const auto response =
      ask(bend(authorize_fields("query", "https://app.example/cb?tenant=7"), "response_type", "x"));
  EXPECT_TRUE(header(response, "location").starts_with("https://app.example/cb?tenant=7&error="));
}

TEST_F(AuthorizeEndpoint, ShowsAPageWhenTheStoreIsAway) {
  clients.broken = true;
  expect_local(authorize_fields(), "temporarily_unavailable", 503);
}

}  // namespace
}  // namespace mcph::oauth
