// RFC 7009: token revocation.
#include "unit/oauth/support.h"

namespace mcph::oauth {
namespace {

class Revoke : public OAuthTest {
 protected:
  Revoke() {
    Client other = client;
    other.id = ClientId{"other"};
    add(other);
  }
  const json::object tokens_ = sign_in();
  const std::string access_ = text(tokens_, "access_token");
  const std::string refresh_ = text(tokens_, "refresh_token");
};

TEST_F(Revoke, OfAnAccessTokenEndsThatTokenAtOnce) {
  ASSERT_TRUE(is_live(access_));
  ASSERT_NE(verifier.find_cached(access_), nullptr);
  const auto response = revoke(access_);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(verifier.find_cached(access_), nullptr);
  EXPECT_FALSE(is_live(access_));
  EXPECT_EQ(token(refresh_fields(refresh_)).status, 200);
}

// §2.1: the tokens of the grant go with it.
TEST_F(Revoke, OfARefreshTokenEndsTheGrant) {
  ASSERT_TRUE(is_live(access_));
  EXPECT_EQ(revoke(refresh_).status, 200);
  EXPECT_EQ(verifier.find_cached(access_), nullptr);
  EXPECT_FALSE(is_live(access_));
  EXPECT_EQ(error_of(token(refresh_fields(refresh_))), "invalid_grant");
}

TEST_F(Revoke, WorksAtTheTokenEndpointWithoutAGrantType) {
  EXPECT_EQ(token({{"token", access_}, {"client_id", "client-1"}}).status, 200);
  EXPECT_FALSE(is_live(access_));
}

// Threat: cross-client revocation. §2.1, and no oracle: the answer is the same.
TEST_F(Revoke, DoesNothingToAnotherClientsTokens) {
  for (const std::string& foreign : {access_, refresh_}) {
    const auto response = revoke(foreign, "other");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "");
  }
  EXPECT_TRUE(is_live(access_));
  EXPECT_EQ(token(refresh_fields(refresh_)).status, 200);
}

// §2.2: an invalid token is no error.
TEST_F(Revoke, IsDoneWithWhatItDoesNotKnow) {
  for (const std::string& unknown :
       {std::string("x"), std::string(5000, 'x'), access_ + "x", "mcp_rt_" + access_.substr(7)}) {
    EXPECT_EQ(revoke(unknown).status, 200);
  }
  EXPECT_EQ(revoke(access_).status, 200);
  EXPECT_EQ(revoke(access_).status, 200);
}

TEST_F(Revoke, IgnoresTheHint) {
  for (const char* hint : {"refresh_token", "nonsense"}) {
    EXPECT_EQ(server
                  .revoke_token(form_request(
                      {{"token", access_}, {"token_type_hint", hint}, {"client_id", "client-1"}}))
                  .status,
              200);
  }
  EXPECT_FALSE(is_live(access_));
}

TEST_F(Revoke, RefusesWhoItDoesNotKnowAndWhatItCannotRead) {
  EXPECT_EQ(error_of(revoke(access_, "nobody")), "invalid_client");
  EXPECT_EQ(error_of(server.revoke_token(form_request({{"token", access_}}))), "invalid_client");
  EXPECT_EQ(error_of(server.revoke_token(form_request({{"client_id", "client-1"}}))),
            "invalid_request");
  auto twice = form_request({{"token", access_}, {"token", access_}, {"client_id", "client-1"}});
  EXPECT_EQ(error_of(server.revoke_token(twice)), "invalid_request");
  Request json_request = form_request({});
  json_request.headers.set("Content-Type", "application/json");
  EXPECT_EQ(server.revoke_token(json_request).status, 415);
  EXPECT_TRUE(is_live(access_));
}

// §2.1: a confidential client must prove who it is, even to revoke what it holds.
TEST_F(Revoke, AsksAConfidentialClientForItsSecret) {
  client.id = ClientId{"confidential"};
  client.auth_method = AuthMethod::kPost;
  client.secret_hashes = {crypto::sha256("s3cret")};
  add(client);
  const FormFields alone{{"token", access_}, {"client_id", "confidential"}};
  EXPECT_EQ(error_of(server.revoke_token(form_request(alone))), "invalid_client");
  const auto proven = bend(alone, "client_secret", "s3cret");
  EXPECT_EQ(server.revoke_token(form_request(proven)).status, 200);
  EXPECT_TRUE(is_live(access_)) << "it is another client's";
}

// §2.2.1
TEST_F(Revoke, AsksToTryAgainWhenTheStoreIsAway) {
  tokens.broken = true;
  const auto response = revoke(refresh_);
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(header(response, "retry-after"), "1");
}

}  // namespace
}  // namespace mcph::oauth
