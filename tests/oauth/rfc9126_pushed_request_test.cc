// RFC 9126: pushed authorization requests.
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

class PushedRequestTest : public OAuthTest {
 protected:
  PushedRequestTest() {
    client.id = ClientId{"confidential"};
    client.auth_method = AuthMethod::kPost;
    client.secret_hashes = {crypto::sha256("s3cret")};
    add(client);
    client.id = ClientId{"must-push"};
    client.auth_method = AuthMethod::kNone;
    client.require_pushed_requests = true;
    add(client);
  }
  Response push(const FormFields& fields) { return server.push_request(form_request(fields)); }
  std::string uri_for(const FormFields& fields) {
    const auto response = push(fields);
    EXPECT_EQ(response.status, 201) << response.body;
    return text(body_of(response), "request_uri");
  }
  std::string uri_for() { return uri_for(authorize_fields()); }
  static FormFields reference(const std::string& uri, const std::string& id = "client-1") {
    return {{"client_id", id}, {"request_uri", uri}};
  }
};

TEST_F(PushedRequestTest, S2_2_IsAnsweredWithAReferenceForAMinute) {
  const auto response = push(authorize_fields());
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(header(response, "cache-control"), "no-store");
  EXPECT_EQ(header(response, "content-type"), "application/json");
  const auto body = body_of(response);
  EXPECT_EQ(body.at("expires_in").as_int64(), 60);
  const auto uri = text(body, "request_uri");
  EXPECT_TRUE(uri.starts_with("urn:ietf:params:oauth:request_uri:")) << uri;
  EXPECT_EQ(uri.size(), 34u + 43u) << "256 random bits";
  EXPECT_NE(uri_for(), uri);
}

TEST_F(PushedRequestTest, S4_LeadsThroughTheWholeSignIn) {
  const auto page = open(reference(uri_for()));
  ASSERT_EQ(page.status, 200);
  approve(page);
  const auto answer = answer_of(come_back());
  EXPECT_EQ(answer.at("state"), "the state & more");
  EXPECT_EQ(answer.at("iss"), "https://mcp.example");
  EXPECT_EQ(token(code_fields(answer.at("code"))).status, 200);
}

// §7.3, threat 39: a reference in a history or a log is worth nothing.
TEST_F(PushedRequestTest, S4_WorksOnce) {
  const auto uri = uri_for();
  EXPECT_EQ(open(reference(uri)).status, 200);
  const auto again = ask(reference(uri));
  EXPECT_EQ(again.status, 400);
  EXPECT_EQ(header(again, "location"), "") << "nobody knows where to";
}

TEST_F(PushedRequestTest, S2_2_ExpiresAfterAMinute) {
  const auto uri = uri_for();
  const auto other = uri_for();
  clock.advance(Seconds{59});
  EXPECT_EQ(open(reference(uri)).status, 200);
  clock.advance(Seconds{1});
  EXPECT_EQ(ask(reference(other)).status, 400);
}

// §7.2: request_uri swapping.
TEST_F(PushedRequestTest, S2_2_IsBoundToItsClient) {
  const auto uri = uri_for();
  EXPECT_EQ(ask(reference(uri, "must-push")).status, 400);
  EXPECT_EQ(ask({{"request_uri", uri}}).status, 400);
  EXPECT_EQ(open(reference(uri)).status, 200) << "the other client did not use it up";
}

TEST_F(PushedRequestTest, S4_TakesThePlaceOfTheQuery) {
  auto fields = reference(uri_for(bend(authorize_fields(), "scope", "todo:read")));
  for (const auto& [name, value] : FormFields{{"scope", "todo:write"},
                                              {"state", "bent"},
                                              {"redirect_uri", "https://evil.example/"},
                                              {"code_challenge", "bent"},
                                              {"response_type", "token"}}) {
    fields.emplace_back(name, value);
  }
  const auto page = open(fields);
  ASSERT_EQ(page.status, 200);
  EXPECT_EQ(page.body.find("Change your to-do list"), std::string::npos);
  EXPECT_EQ(page.body.find("evil"), std::string::npos);
  approve(page);
  EXPECT_EQ(answer_of(come_back()).at("state"), "the state & more");
}

TEST_F(PushedRequestTest, S2_1_IsCheckedLikeAnAuthorizationRequest) {
  const std::pair<const char*, FormFields> bad[] = {
      {"invalid_request", bend(authorize_fields(), "redirect_uri", "https://evil.example/")},
      {"invalid_request", bend(authorize_fields(), "code_challenge", "")},
      {"invalid_request", bend(authorize_fields(), "code_challenge_method", "plain")},
      {"invalid_request", bend(authorize_fields(), "response_type", "")},
      {"unsupported_response_type", bend(authorize_fields(), "response_type", "token")},
      {"invalid_target", bend(authorize_fields(), "resource", "https://other.example/")},
      {"invalid_scope", bend(authorize_fields(), "scope", "admin")},
      {"request_not_supported", bend(authorize_fields(), "request", "e30.e30.")},
      {"invalid_authorization_details", bend(authorize_fields(), "authorization_details", "[]")},
  };
  for (const auto& [error, fields] : bad) {
    const auto response = push(fields);
    EXPECT_EQ(response.status, 400) << error;
    EXPECT_EQ(error_of(response), error);
    EXPECT_EQ(header(response, "location"), "");
  }
  EXPECT_TRUE(pushed_requests.all().empty());
}

TEST_F(PushedRequestTest, S2_1_MustNotCarryAReferenceItself) {
  EXPECT_EQ(error_of(push(bend(authorize_fields(), "request_uri", uri_for()))), "invalid_request");
  EXPECT_EQ(error_of(push(bend(authorize_fields(), "request_uri", "https://a.example/r"))),
            "invalid_request");
}

TEST_F(PushedRequestTest, S2_AuthenticatesTheClient) {
  const auto fields = authorize_fields("confidential");
  EXPECT_EQ(push(fields).status, 401);
  EXPECT_EQ(error_of(push(bend(fields, "client_secret", "wrong"))), "invalid_client");
  EXPECT_EQ(error_of(push(bend(fields, "client_id", ""))), "invalid_client");
  EXPECT_EQ(push(bend(fields, "client_secret", "s3cret")).status, 201);
}

TEST_F(PushedRequestTest, KeepsNoSecretOfTheClientAndNothingInTheClear) {
  uri_for(bend(authorize_fields("confidential"), "client_secret", "s3cret"));
  const auto all = pushed_requests.all();
  const auto& stored = all.begin()->second;
  EXPECT_EQ(stored.sealed.find("challenge"), std::string::npos);
  const auto opened =
      crypto::Sealer(keys, "oauth.pushed-request", random)
          .open(stored.sealed, "pushed-request/1 " + to_hex(stored.uri_hash) + " confidential");
  ASSERT_TRUE(opened);
  EXPECT_NE(opened->reveal().find("code_challenge"), std::string::npos);
  EXPECT_EQ(opened->reveal().find("s3cret"), std::string::npos);
}

TEST_F(PushedRequestTest, S2_1_IsAForm) {
  Request request = form_request(authorize_fields());
  request.headers.set("Content-Type", "application/json");
  EXPECT_EQ(server.push_request(request).status, 415);
  request = form_request(authorize_fields());
  request.body += "&state=twice";
  EXPECT_EQ(error_of(server.push_request(request)), "invalid_request");
  request.body.assign(70'000, 'x');
  request.headers.set("Content-Type", "application/x-www-form-urlencoded");
  EXPECT_EQ(server.push_request(request).status, 413);  // §2.3
}

// §6
TEST_F(PushedRequestTest, S6_IsTheOnlyWayForAClientThatRegisteredSo) {
  const auto refused = ask(authorize_fields("must-push"));
  EXPECT_EQ(refused.status, 303);
  EXPECT_EQ(answer_of(refused).at("error"), "invalid_request");
  const auto uri = uri_for(authorize_fields("must-push"));
  EXPECT_EQ(open(reference(uri, "must-push")).status, 200);
}

// A client that changed meanwhile: what it may not any more, it may not by reference either.
TEST_F(PushedRequestTest, S4_IsCheckedAgainWhenTheBrowserComes) {
  const auto uri = uri_for();
  Client changed = **clients.find(ClientId{"client-1"});
  changed.redirect_uris = {"https://app.example/other"};
  ASSERT_TRUE(clients.update(changed).ok());
  EXPECT_EQ(ask(reference(uri)).status, 400);
}

TEST_F(PushedRequestTest, S4_RefusesReferencesItDoesNotKnow) {
  const std::string urn = "urn:ietf:params:oauth:request_uri:";
  for (const std::string& uri : {urn, urn + "x", urn + std::string(5000, 'x')}) {
    EXPECT_EQ(ask(reference(uri)).status, 400) << uri;
  }
  auto twice = reference(uri_for());
  twice.emplace_back("request_uri", uri_for());
  EXPECT_EQ(ask(twice).status, 400);
  // Not ours, so it would have to be fetched: threat 13.
  auto foreign = authorize_fields();
  foreign.emplace_back("request_uri", "https://evil.example/request");
  EXPECT_EQ(answer_of(ask(foreign)).at("error"), "request_uri_not_supported");
}

TEST_F(PushedRequestTest, AsksToTryAgainWhenTheStoreIsAway) {
  const auto uri = uri_for();
  pushed_requests.broken = true;
  EXPECT_EQ(push(authorize_fields()).status, 503);
  EXPECT_EQ(ask(reference(uri)).status, 503);
  pushed_requests.broken = false;
  EXPECT_EQ(open(reference(uri)).status, 200);
}

TEST_F(PushedRequestTest, S5_IsInTheMetadata) {
  const auto document = body_of(server.server_metadata());
  EXPECT_EQ(text(document, "pushed_authorization_request_endpoint"), "https://mcp.example/par");
  EXPECT_FALSE(document.at("require_pushed_authorization_requests").as_bool());
}

}  // namespace
}  // namespace mcph::oauth
