#include "federation/sealing.h"

#include <gtest/gtest.h>

#include "base/encoding.h"
#include "base/random.h"
#include "crypto/key_ring.h"

namespace mcph::federation {
namespace {

const GrantId kGrant("11111111-1111-4111-8111-111111111111");
const GrantId kOther("22222222-2222-4222-8222-222222222222");

crypto::KeyRing ring(const std::string& lines) {
  return std::move(crypto::KeyRing::parse(lines)).value();
}
std::string line(const char* id, char fill) {
  return std::string(id) + ":" + to_base64url(std::string(32, fill)) + "\n";
}

Credential credential() {
  return {Secret(std::string("access-secret")),
          Secret(std::string("refresh-secret")),
          "openid a",
          R"({"sub":"u \"1\""})",
          from_unix(1'800'003'600),
          Seconds{3600},
          from_unix(0)};
}

class Sealing : public ::testing::Test {
 protected:
  SystemRandom random_;
  crypto::KeyRing ring_ = ring(line("k1", 'a'));
  CredentialSealer sealer_{ring_, random_};
};

TEST_F(Sealing, OpensWhatItSealed) {
  const auto sealed = sealer_.seal(kGrant, credential());
  EXPECT_EQ(sealed.kek_id, "k1");
  EXPECT_EQ(sealed.access_expires_at, from_unix(1'800'003'600));
  EXPECT_TRUE(sealed.has_refresh_token);
  const auto opened = sealer_.open(kGrant, sealed);
  ASSERT_TRUE(opened.ok()) << opened.error().detail;
  EXPECT_EQ(opened->access_token.reveal(), "access-secret");
  EXPECT_EQ(opened->refresh_token.reveal(), "refresh-secret");
  EXPECT_EQ(opened->scope, "openid a");
  EXPECT_EQ(opened->claims_json, R"({"sub":"u \"1\""})");
  EXPECT_EQ(opened->expires_at, from_unix(1'800'003'600));
  EXPECT_EQ(opened->lifetime, Seconds{3600});
  EXPECT_EQ(opened->refreshed_at, from_unix(0));
}

TEST_F(Sealing, ShowsNothingOfTheTokens) {
  const auto sealed = sealer_.seal(kGrant, credential());
  for (const std::string& bytes : {sealed.sealed, sealed.wrapped_key}) {
    EXPECT_EQ(bytes.find("secret"), std::string::npos);
    EXPECT_EQ(bytes.find("access"), std::string::npos);
  }
}

TEST_F(Sealing, UsesANewDataKeyEachTime) {
  const auto one = sealer_.seal(kGrant, credential());
  const auto two = sealer_.seal(kGrant, credential());
  EXPECT_NE(one.sealed, two.sealed);
  auto mixed = one;
  mixed.wrapped_key = two.wrapped_key;
  EXPECT_FALSE(sealer_.open(kGrant, mixed).ok());
}

TEST_F(Sealing, DoesNotOpenForAnotherGrant) {
  const auto sealed = sealer_.seal(kGrant, credential());
  EXPECT_EQ(sealer_.open(kOther, sealed).error().code, Code::kInternal);
}

TEST_F(Sealing, DoesNotOpenWhatWasChanged) {
  const auto sealed = sealer_.seal(kGrant, credential());
  for (std::size_t i = 0; i < sealed.sealed.size(); i += 7) {
    auto changed = sealed;
    changed.sealed[i] ^= 1;
    EXPECT_FALSE(sealer_.open(kGrant, changed).ok());
  }
  for (std::size_t i = 0; i < sealed.wrapped_key.size(); i += 3) {
    auto changed = sealed;
    changed.wrapped_key[i] ^= 1;
    EXPECT_FALSE(sealer_.open(kGrant, changed).ok());
  }
}

TEST_F(Sealing, OpensWithAnOlderKeyOfTheRing) {
  const auto sealed = sealer_.seal(kGrant, credential());
  const auto rotated = ring(line("k2", 'b') + line("k1", 'a'));
  const CredentialSealer newer(rotated, random_);
  EXPECT_TRUE(newer.open(kGrant, sealed).ok());
  EXPECT_EQ(newer.seal(kGrant, credential()).kek_id, "k2");
  const auto without = ring(line("k2", 'b'));
  EXPECT_FALSE(CredentialSealer(without, random_).open(kGrant, sealed).ok());
}

}  // namespace
}  // namespace mcph::federation
