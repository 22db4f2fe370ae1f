// RFC 6749 §2.3: none, client_secret_basic, client_secret_post, exactly one.
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

class ClientAuthentication : public OAuthTest {
 protected:
  ClientAuthentication() {
    client.id = ClientId{"basic"};
    client.auth_method = AuthMethod::kBasic;
    client.secret_hashes = {crypto::sha256("s3cret"), crypto::sha256("newer")};
    add(client);
    client.id = ClientId{"post"};
    client.auth_method = AuthMethod::kPost;
    add(client);
  }
  static std::string basic(const std::string& id, const std::string& secret) {
    return "Basic " + to_base64(id + ":" + secret);
  }
  // What the token endpoint thinks of these credentials: any code is wrong, so a client that was
  // believed is told invalid_grant.
  Response attempt(FormFields fields, const std::string& authorization = {}) {
    fields.insert(fields.end(), {{"grant_type", "authorization_code"}, {"code", "x"}});
    Request request = form_request(fields);
    if (!authorization.empty()) request.headers.add("Authorization", authorization);
    return server.exchange_token(request);
  }
};

TEST_F(ClientAuthentication, BelievesEachMethodOfItsClient) {
  EXPECT_EQ(error_of(attempt({{"client_id", "client-1"}})), "invalid_grant");
  EXPECT_EQ(error_of(attempt({}, basic("basic", "s3cret"))), "invalid_grant");
  EXPECT_EQ(error_of(attempt({{"client_id", "basic"}}, basic("basic", "s3cret"))), "invalid_grant");
  EXPECT_EQ(error_of(attempt({{"client_id", "post"}, {"client_secret", "s3cret"}})),
            "invalid_grant");
}

TEST_F(ClientAuthentication, BelievesEverySecretThatIsValidNow) {
  EXPECT_EQ(error_of(attempt({}, basic("basic", "newer"))), "invalid_grant");
}

TEST_F(ClientAuthentication, ReadsFormEncodedBasicCredentials) {
  client.id = ClientId{"id with:colon"};
  client.auth_method = AuthMethod::kBasic;
  client.secret_hashes = {crypto::sha256("p%+ä:")};
  add(client);
  EXPECT_EQ(error_of(attempt({}, basic("id+with%3Acolon", "p%25%2B%C3%A4:"))), "invalid_grant");
}

// One answer for every reason, so that nobody learns which clients exist.
TEST_F(ClientAuthentication, RefusesEverythingElseInTheSameWords) {
  const std::vector<Response> refused = {
      attempt({{"client_id", "nobody"}}),
      attempt({}, basic("nobody", "s3cret")),
      attempt({}, basic("basic", "wrong")),
      attempt({}, basic("basic", "")),
      attempt({{"client_id", "basic"}}),
      attempt({{"client_id", "post"}}),
      attempt({{"client_id", "post"}, {"client_secret", "wrong"}}),
      attempt({{"client_id", "basic"}, {"client_secret", "s3cret"}}),  // not the registered method
      attempt({}, basic("post", "s3cret")),
      attempt({{"client_id", "client-1"}, {"client_secret", "s3cret"}}),  // a public one has none
      attempt({}, basic("client-1", "")),
  };
  for (const auto& response : refused) {
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(response.body, refused.front().body);
    EXPECT_EQ(error_of(response), "invalid_client");
    EXPECT_TRUE(header(response, "www-authenticate").starts_with("Basic "));
  }
}

TEST_F(ClientAuthentication, RefusesMoreThanOneMethod) {
  EXPECT_EQ(error_of(attempt({{"client_id", "basic"}, {"client_secret", "s3cret"}},
                             basic("basic", "s3cret"))),
            "invalid_request");
  EXPECT_EQ(error_of(attempt({{"client_id", "post"}}, basic("basic", "s3cret"))),
            "invalid_request");
}

TEST_F(ClientAuthentication, RefusesAHeaderItCannotRead) {
  for (const char* value : {"Basic", "Basic ", "Basic !!!", "Basic YQ==", "Bearer abc",
                            "Basic OnNlY3JldA==", "Basic JTp4", "Digest x"}) {
    const auto response = attempt({}, value);
    EXPECT_EQ(response.status, 401) << value;
    EXPECT_EQ(error_of(response), "invalid_client") << value;
  }
}

TEST_F(ClientAuthentication, RefusesARequestWithoutAClient) {
  EXPECT_EQ(error_of(attempt({})), "invalid_client");
}

// Threat: timing. The store is asked once, whether the client exists or not.
TEST_F(ClientAuthentication, CostsAnUnknownClientTheSameLookUp) {
  clients.finds = 0;
  attempt({}, basic("basic", "wrong"));
  const int known = clients.finds;
  attempt({}, basic("nobody", "wrong"));
  EXPECT_EQ(clients.finds, 2 * known);
}

TEST_F(ClientAuthentication, RefusesADisabledClient) {
  Client disabled = **clients.find(ClientId{"basic"});
  disabled.disabled = true;
  ASSERT_TRUE(clients.update(disabled).ok());
  EXPECT_EQ(error_of(attempt({}, basic("basic", "s3cret"))), "invalid_client");
}

}  // namespace
}  // namespace mcph::oauth
