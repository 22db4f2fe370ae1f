#include "todo_api/signing_keys.h"

#include <gtest/gtest.h>

#include "support/fake_clock.h"
#include "todo_api/fake_issuer.h"

namespace mcph::todo_api {
namespace {

class SigningKeysTest : public ::testing::Test {
 protected:
  bool has(const std::string& kid) {
    const auto keys = keys_.get(kid);
    return keys.ok() && (*keys)->has_key(kid);
  }
  FakeIssuer issuer_;
  test::FakeClock clock_;
  SigningKeys keys_{FakeIssuer::kIssuer, issuer_, clock_};
};

TEST_F(SigningKeysTest, AreFetchedOnceForManyTokens) {
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(has("first"));
  EXPECT_EQ(issuer_.fetches_of_keys, 1);
}

TEST_F(SigningKeysTest, AreFetchedAgainForAKeyTheyDoNotKnow) {
  EXPECT_TRUE(has("first"));
  issuer_.add_key("second");
  clock_.advance(SigningKeys::kFetchCooldown);
  EXPECT_TRUE(has("second"));
  EXPECT_EQ(issuer_.fetches_of_keys, 2);
}

TEST_F(SigningKeysTest, AreNotFetchedForEveryInventedName) {
  EXPECT_TRUE(has("first"));
  clock_.advance(SigningKeys::kFetchCooldown);
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(has("invented" + std::to_string(i)));
  EXPECT_EQ(issuer_.fetches_of_keys, 2);
}

TEST_F(SigningKeysTest, AreReplacedWhenTheyAreOld) {
  EXPECT_TRUE(has("first"));
  clock_.advance(SigningKeys::kLifetime);
  EXPECT_TRUE(has("first"));
  EXPECT_EQ(issuer_.fetches_of_keys, 2);
}

TEST_F(SigningKeysTest, AreUsedOnWhileTheIssuerIsAway) {
  EXPECT_TRUE(has("first"));
  issuer_.reachable = false;
  clock_.advance(SigningKeys::kLifetime);
  EXPECT_TRUE(has("first"));
}

TEST_F(SigningKeysTest, AreUnavailableUntilTheIssuerAnswers) {
  issuer_.reachable = false;
  EXPECT_EQ(keys_.get("first").error().code, Code::kUnavailable);
  issuer_.reachable = true;
  EXPECT_EQ(keys_.get("first").error().code, Code::kUnavailable) << "asked again too early";
  clock_.advance(SigningKeys::kFetchCooldown);
  EXPECT_TRUE(has("first"));
}

TEST_F(SigningKeysTest, AreRefusedFromADocumentOfAnotherIssuer) {
  issuer_.discovered_issuer = "https://evil.example/as";
  EXPECT_EQ(keys_.get("first").error().code, Code::kUnavailable);
}

}  // namespace
}  // namespace mcph::todo_api
