#include "crypto/aead.h"

#include <gtest/gtest.h>
#include <openssl/err.h>

#include "base/encoding.h"
#include "support/fake_random.h"

namespace mcph::crypto {
namespace {

std::string hex(std::string_view text) {
  return from_hex(text).value();
}

TEST(Aead, GivesTheSealsOfTheNistTestCases) {
  test::FixedRandom zeros(std::string(12, '\0'));
  EXPECT_EQ(to_hex(aead_seal(Secret(std::string(32, '\0')), std::string(16, '\0'), "", zeros)),
            "000000000000000000000000"
            "cea7403d4d606b6e074ec5d3baf39d18"
            "d0d1c8a799996bf0265b98b5d48ab919");

  const Secret key(hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"));
  test::FixedRandom nonce(hex("cafebabefacedbaddecaf888"));
  const std::string plaintext =
      hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
          "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
  const std::string aad = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  EXPECT_EQ(to_hex(aead_seal(key, plaintext, aad, nonce)),
            "cafebabefacedbaddecaf888"
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
            "76fc6ece0f4e1768cddf8853bb2d551b");
}

class SealedMessage : public testing::Test {
 protected:
  test::FakeRandom random_;
  const Secret key_{std::string(32, 'k')};
  const std::string sealed_ = aead_seal(key_, "the message", "row 7", random_);
};

TEST_F(SealedMessage, OpensWithItsKeyAndPlace) {
  const auto opened = aead_open(key_, sealed_, "row 7");
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(opened->reveal(), "the message");
}

TEST_F(SealedMessage, StaysClosedInAnotherPlaceOrWithAnotherKey) {
  EXPECT_FALSE(aead_open(key_, sealed_, "row 8").has_value());
  EXPECT_FALSE(aead_open(Secret(std::string(32, 'x')), sealed_, "row 7").has_value());
}

TEST_F(SealedMessage, StaysClosedWhenAnyBitChanges) {
  for (std::size_t bit = 0; bit < sealed_.size() * 8; ++bit) {
    std::string forged = sealed_;
    forged[bit / 8] = static_cast<char>(forged[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(aead_open(key_, forged, "row 7").has_value()) << "bit " << bit;
  }
}

TEST_F(SealedMessage, StaysClosedWhenCutAnywhere) {
  for (std::size_t size = 0; size < sealed_.size(); ++size) {
    EXPECT_FALSE(aead_open(key_, sealed_.substr(0, size), "row 7").has_value()) << size;
  }
}

TEST_F(SealedMessage, LeavesNoErrorBehindForTlsOnTheSameThread) {
  EXPECT_FALSE(aead_open(key_, sealed_, "row 8").has_value());
  EXPECT_EQ(ERR_peek_error(), 0u);
}

TEST(Aead, SealsTheEmptyMessage) {
  test::FakeRandom random;
  const Secret key(std::string(32, 'k'));
  const auto opened = aead_open(key, aead_seal(key, "", "", random), "");
  ASSERT_TRUE(opened.has_value());
  EXPECT_TRUE(opened->empty());
}

TEST(Aead, SealsTheSameMessageDifferentlyEachTime) {
  test::FakeRandom random;
  const Secret key(std::string(32, 'k'));
  EXPECT_NE(aead_seal(key, "m", "", random), aead_seal(key, "m", "", random));
}

}  // namespace
}  // namespace mcph::crypto
