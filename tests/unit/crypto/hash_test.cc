#include "crypto/hash.h"

#include <gtest/gtest.h>

#include "base/encoding.h"

namespace mcph::crypto {
namespace {

std::string hex(std::string_view text) {
  return from_hex(text).value();
}

TEST(Sha256, GivesTheDigestsOfFips180) {
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, ReadsBytesBehindANul) {
  EXPECT_NE(sha256(std::string_view("a\0b", 3)), sha256(std::string_view("a\0c", 3)));
}

TEST(HmacSha256, GivesTheCodesOfRfc4231) {
  EXPECT_EQ(to_hex(hmac_sha256(Secret(std::string(20, '\x0b')), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(to_hex(hmac_sha256(Secret(std::string("Jefe")), "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(hmac_sha256(Secret(std::string(131, '\xaa')),
                               "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(HkdfSha256, GivesTheKeyOfRfc5869CaseThree) {
  const Secret derived = hkdf_sha256(Secret(std::string(22, '\x0b')), "", 42);
  EXPECT_EQ(to_hex(derived.reveal()),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST(HkdfSha256, BindsTheKeyToThePurpose) {
  const Secret key(hex("000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f"));
  // RFC 5869 §2.2 and §2.3 spelt out: one block is HMAC(HMAC(salt = zeros, key), info || 1).
  const Secret extracted(hmac_sha256(Secret(std::string(32, '\0')), key.reveal()));
  EXPECT_EQ(hkdf_sha256(key, "sessions", 32).reveal(), hmac_sha256(extracted, "sessions\x01"));
  EXPECT_NE(hkdf_sha256(key, "sessions", 32).reveal(), hkdf_sha256(key, "cookies", 32).reveal());
}

TEST(EqualConstantTime, ComparesContentAndSize) {
  EXPECT_TRUE(equal_constant_time("", ""));
  EXPECT_TRUE(equal_constant_time("token", "token"));
  EXPECT_FALSE(equal_constant_time("token", "tokem"));
  EXPECT_FALSE(equal_constant_time("token", "token "));
}

}  // namespace
}  // namespace mcph::crypto
