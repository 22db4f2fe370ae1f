// RFC 7591: dynamic client registration.
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

class Register : public OAuthTest {
 protected:
  Response send(const std::string& body, std::string_view type = "application/json") {
    Request request;
    request.method = Method::kPost;
    request.headers.add("Content-Type", type);
    request.body = body;
    return server.register_client(request);
  }
  // Registers with these redirect URIs, given as JSON.
  Response send_uris(const std::string& uris) {
    return send(R"({"token_endpoint_auth_method":"none","redirect_uris":)" + uris + "}");
  }
};

// §3.2.1
TEST_F(Register, AnswersAPublicClientWithWhatItMayDo) {
  const auto response = send(R"({"client_name":"Planner","redirect_uris":["http://127.0.0.1:1/cb"],
      "token_endpoint_auth_method":"none","grant_types":["authorization_code","refresh_token"],
      "response_types":["code"],"scope":"todo:read offline_access","software_id":"x","logo_uri":7})");
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(header(response, "cache-control"), "no-store");
  const auto answer = body_of(response);
  EXPECT_EQ(text(answer, "client_id").size(), 32u);
  EXPECT_FALSE(answer.contains("client_secret"));
  EXPECT_FALSE(answer.contains("client_secret_expires_at"));
  EXPECT_EQ(text(answer, "client_name"), "Planner");
  EXPECT_EQ(to_json(answer.at("redirect_uris")), R"(["http://127.0.0.1:1/cb"])");
  EXPECT_EQ(to_json(answer.at("response_types")), R"(["code"])");
  EXPECT_EQ(text(answer, "application_type"), "native");
  EXPECT_EQ(find_int(answer, "client_id_issued_at"), to_unix(clock.now()));
  for (const auto& member : answer) EXPECT_FALSE(member.value().is_null()) << member.key();
}

// §2: client_secret_basic when omitted.
TEST_F(Register, GivesAConfidentialClientASecretThatIsOnlyKeptHashed) {
  const auto answer = body_of(send(R"({"redirect_uris":["https://a.example/cb"]})"));
  EXPECT_EQ(text(answer, "token_endpoint_auth_method"), "client_secret_basic");
  EXPECT_EQ(find_int(answer, "client_secret_expires_at"), 0);
  const std::string secret = text(answer, "client_secret");
  const auto stored = **clients.find(ClientId{text(answer, "client_id")});
  EXPECT_EQ(stored.secret_hashes, std::vector<std::string>{crypto::sha256(secret)});
  EXPECT_EQ(stored.kind, ClientKind::kDynamic);
}

TEST_F(Register, ForgetsAClientThatNobodyUses) {
  const auto id = ClientId{text(body_of(send_uris(R"(["https://a.example/cb"])")), "client_id")};
  EXPECT_EQ((*clients.find(id))->expires_at, clock.now() + Seconds{24 * 3600});
  clock.advance(Seconds{24 * 3600});
  EXPECT_EQ(error_of(ask(authorize_fields(id.str(), "https://a.example/cb"), "application/json")),
            "invalid_client");
}

TEST_F(Register, NeverTellsTwoClientsTheSame) {
  const auto one = body_of(send_uris(R"(["https://a.example/cb"])"));
  const auto two = body_of(send_uris(R"(["https://a.example/cb"])"));
  EXPECT_NE(text(one, "client_id"), text(two, "client_id"));
}

TEST_F(Register, AcceptsTheRedirectUrisOfRealClients) {
  for (const char* uri : {"https://app.example/cb", "https://app.example:8443/cb?x=1",
                          "http://localhost:3335/oauth/callback", "http://127.0.0.1:33418/cb",
                          "http://[::1]:8080/cb", "cursor://anysphere.cursor-mcp/oauth/callback",
                          "vscode://publisher.extension/cb", "com.example.app:/callback"}) {
    EXPECT_EQ(send_uris("[\"" + std::string(uri) + "\"]").status, 201) << uri;
  }
}

// RFC 9700 §4.1.3, RFC 8252 §8.4, OAuth 2.1 §2.3.1
TEST_F(Register, RefusesRedirectUrisThatLeadAstray) {
  for (const char* uri : {"",
                          "/relative",
                          "app.example/cb",
                          "http://app.example/cb",
                          "https://app.example/cb#fragment",
                          "https://user@app.example/cb",
                          "https://user:pw@app.example/cb",
                          "https://*.example/cb",
                          "https:///cb",
                          "https://app.example/a b",
                          "https://app.example/\\u0001",
                          "https://app.example/\\r\\nSet-Cookie: a=b",
                          "https://app.ex\\u00e4mple/cb",
                          "https://%65vil.example/cb",
                          "javascript:alert(1)",
                          "JAVASCRIPT:alert(1)",
                          "data:text/html,x",
                          "vbscript:x",
                          "file:///etc/passwd",
                          "blob:https://a.example/1",
                          "mailto:a@b.example",
                          "about:blank",
                          "ftp://a.example/",
                          "ws://127.0.0.1/",
                          "http://127.0.0.1.evil.example/cb",
                          "http://localhost.evil.example/cb",
                          "http://127.0.0.1@evil.example/cb",
                          "unknown:/cb"}) {
    const auto response = send_uris("[\"" + std::string(uri) + "\"]");
    EXPECT_EQ(response.status, 400) << uri;
    EXPECT_EQ(error_of(response), "invalid_redirect_uri") << uri;
  }
  EXPECT_EQ(error_of(send_uris(R"(["https://a.example/)" + std::string(2048, 'x') + "\"]")),
            "invalid_redirect_uri");
}

TEST_F(Register, RefusesAListWithOneBadRedirectUri) {
  EXPECT_EQ(error_of(send_uris(R"(["https://a.example/cb","http://evil.example/cb"])")),
            "invalid_redirect_uri");
  EXPECT_EQ(clients.size(), 1u);
}

TEST_F(Register, RefusesARequestWithoutRedirectUris) {
  for (const char* body :
       {"{}", R"({"redirect_uris":[]})", R"({"redirect_uris":null})",
        R"({"redirect_uris":"https://a.example/"})", R"({"redirect_uris":[1]})"}) {
    EXPECT_EQ(error_of(send(body)), "invalid_redirect_uri") << body;
  }
}

// §3.2.2
TEST_F(Register, RefusesMetadataItCannotHonour) {
  const std::string head = R"({"redirect_uris":["https://a.example/cb"],)";
  for (const char* rest :
       {R"("token_endpoint_auth_method":"private_key_jwt"})", R"("token_endpoint_auth_method":7})",
        R"("grant_types":["client_credentials"]})", R"("grant_types":"authorization_code"})",
        R"("response_types":["token"]})", R"("client_name":{}})",
        R"x("client_uri":"javascript:alert(1)"})x", R"("client_uri":"https://u@a.example"})",
        R"("application_type":"other"})"}) {
    const auto response = send(head + rest);
    EXPECT_EQ(response.status, 400) << rest;
    EXPECT_EQ(error_of(response), "invalid_client_metadata") << rest;
  }
}

TEST_F(Register, LeavesOutGrantTypesItDoesNotHave) {
  const auto answer = body_of(send(R"({"redirect_uris":["https://a.example/cb"],
      "grant_types":["authorization_code","implicit","urn:x"],"response_types":["code","token"]})"));
  EXPECT_EQ(to_json(answer.at("grant_types")), R"(["authorization_code"])");
  EXPECT_EQ(to_json(answer.at("response_types")), R"(["code"])");
}

TEST_F(Register, TreatsNullAsAbsent) {
  EXPECT_EQ(send(R"({"redirect_uris":["https://a.example/cb"],"client_name":null,"client_uri":null,
      "grant_types":null,"scope":null,"token_endpoint_auth_method":null})")
                .status,
            201);
}

TEST_F(Register, RefusesWhatIsNotAJsonObject) {
  for (const char* body : {"", "{", "[]", "7", "null", "{\"redirect_uris\":[\"\xff\"]}", "{}x"}) {
    const auto response = send(body);
    EXPECT_EQ(response.status, 400) << body;
    EXPECT_EQ(error_of(response), "invalid_client_metadata") << body;
  }
  EXPECT_EQ(send(std::string(200, '[') + std::string(200, ']')).status, 400);
}

TEST_F(Register, RefusesOtherMediaTypesAndLargeBodies) {
  EXPECT_EQ(send("{}", "text/plain").status, 415);
  EXPECT_EQ(send(R"({"redirect_uris":["https://a.example/cb"]})", "Application/JSON; charset=utf-8")
                .status,
            201);
  EXPECT_EQ(send("{\"x\":\"" + std::string(64 * 1024, 'x') + "\"}").status, 413);
}

TEST_F(Register, IsRefusedWhenOnlyAdministratorsRegister) {
  Settings settings = test_settings();
  settings.registration = Registration::kOff;
  const Server closed(settings, parts);
  Request request;
  request.headers.add("Content-Type", "application/json");
  request.body = R"({"redirect_uris":["https://a.example/cb"]})";
  EXPECT_EQ(closed.register_client(request).status, 403);
  EXPECT_EQ(clients.size(), 1u);
}

TEST_F(Register, SaysSoWhenTheStoreIsAway) {
  clients.broken = true;
  const auto response = send_uris(R"(["https://a.example/cb"])");
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(error_of(response), "temporarily_unavailable");
  EXPECT_EQ(header(response, "retry-after"), "1");
  EXPECT_EQ(response.body.find("database"), std::string::npos);
}

}  // namespace
}  // namespace mcph::oauth
