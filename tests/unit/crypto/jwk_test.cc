#include <gtest/gtest.h>
#include <openssl/err.h>

#include "crypto/jws.h"
#include "jws_vectors.h"

namespace mcph::crypto {
namespace {

using vectors::kEd25519Members;
using vectors::kP256Members;
using vectors::kRsaMembers;

std::string set_of(const std::string& members) {
  return R"({"keys":[{)" + members + "}]}";
}

std::size_t usable(const std::string& members) {
  const auto set = JwkSet::parse(set_of(members));
  EXPECT_TRUE(set.ok()) << members;
  return set.ok() ? set->size() : 99;
}

TEST(JwkSet, KeepsTheThreeTypesOfKeysItKnows) {
  const auto set = JwkSet::parse(R"({"keys":[{"kid":"r",)" + kRsaMembers + R"(},{"kid":"p",)" +
                                 kP256Members + R"(},{"kid":"e",)" + kEd25519Members + "}]}");
  ASSERT_TRUE(set.ok());
  EXPECT_EQ(set->size(), 3u);
  EXPECT_TRUE(set->has_key("r") && set->has_key("p") && set->has_key("e"));
  EXPECT_FALSE(set->has_key("x"));
}

// RFC 7517 §5: implementations should ignore keys they cannot use.
TEST(JwkSet, LeavesOutKeysItCannotUse) {
  EXPECT_EQ(usable(R"("kty":"oct","k":"c2VjcmV0")"), 0u);
  EXPECT_EQ(usable(R"("kty":"XYZ")"), 0u);
  EXPECT_EQ(usable(R"("kid":"no type")"), 0u);
  EXPECT_EQ(usable(R"("kty":"EC","crv":"P-521","x":"AA","y":"AA")"), 0u);
  EXPECT_EQ(usable(R"("kty":"OKP","crv":"X25519","x":"AA")"), 0u);
  EXPECT_EQ(usable(R"("kty":"RSA","n":"!","e":"AQAB")"), 0u);
}

TEST(JwkSet, LeavesOutKeysThatAreNotForSignatures) {
  EXPECT_EQ(usable(R"("use":"enc",)" + kRsaMembers), 0u);
  EXPECT_EQ(usable(R"("use":7,)" + kRsaMembers), 0u);
  EXPECT_EQ(usable(R"("key_ops":["encrypt"],)" + kRsaMembers), 0u);
  EXPECT_EQ(usable(R"("use":"sig","key_ops":["sign","verify"],)" + kRsaMembers), 1u);
}

TEST(JwkSet, LeavesOutWeakOrFoolishRsaKeys) {
  // RFC 7518 §3.3: 2048 bits or more. This modulus has 1024.
  const std::string modulus_1024(171, '_');
  EXPECT_EQ(usable(R"("kty":"RSA","e":"AQAB","n":")" + modulus_1024 + "8\""), 0u);
  EXPECT_EQ(usable(R"("kty":"RSA","e":"AQ","n":")" + vectors::kRsaModulus + '"'), 0u);
  EXPECT_EQ(usable(R"("kty":"RSA","e":"AQAA","n":")" + vectors::kRsaModulus + '"'), 0u);
  const std::string modulus_16384(2732, '_');
  EXPECT_EQ(usable(R"("kty":"RSA","e":"AQAB","n":")" + modulus_16384 + '"'), 0u);
}

TEST(JwkSet, LeavesOutPointsThatAreNotOnTheCurve) {
  std::string moved = kP256Members;
  moved.replace(moved.find("f83O"), 4, "f83P");
  EXPECT_EQ(usable(moved), 0u);
}

TEST(JwkSet, LeavesNoErrorBehindForTlsOnTheSameThread) {
  EXPECT_EQ(usable(R"("kty":"EC","crv":"P-256","x":")" + std::string(43, 'A') + R"(","y":")" +
                   std::string(43, 'A') + '"'),
            0u);
  EXPECT_EQ(ERR_peek_error(), 0u);
}

TEST(JwkSet, RefusesTextThatIsNoSet) {
  for (const char* text : {"", "[]", "{}", R"({"keys":{}})", R"({"keys":[)"}) {
    EXPECT_FALSE(JwkSet::parse(text).ok()) << text;
  }
  std::string many = R"({"keys":[{})";
  for (std::size_t i = 0; i < kJwkCountMax; ++i) many += ",{}";
  const auto set = JwkSet::parse(many + "]}");
  ASSERT_FALSE(set.ok());
  EXPECT_EQ(set.error().code, Code::kLimit);
}

}  // namespace
}  // namespace mcph::crypto
