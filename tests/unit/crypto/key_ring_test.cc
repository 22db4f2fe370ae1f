#include "crypto/key_ring.h"

#include <gtest/gtest.h>

#include "base/encoding.h"
#include "support/fake_random.h"

namespace mcph::crypto {
namespace {

std::string line(const std::string& id, char fill) {
  return id + ':' + to_base64url(std::string(32, fill)) + '\n';
}

KeyRing ring(const std::string& text) {
  auto parsed = KeyRing::parse(text);
  EXPECT_TRUE(parsed.ok());
  return std::move(parsed).value();
}

TEST(KeyRing, ReadsKeysAndSkipsCommentsAndBlankLines) {
  const KeyRing keys = ring("# 2027\n\n  " + line("new", 'n') + "\r\n" + line("old_1", 'o'));
  EXPECT_EQ(keys.active_id(), "new");
  EXPECT_EQ(keys.ids(), (std::vector<std::string>{"new", "old_1"}));
}

TEST(KeyRing, RefusesWhatIsNotAKeyRingAndNamesOnlyTheLine) {
  const std::string id33(33, 'a');
  const std::string short_key = "a:" + to_base64url(std::string(31, 'k'));
  for (const std::string& text :
       {std::string(), std::string("# nothing\n"), std::string("no colon"), short_key,
        std::string("a:***"), ":" + line("", 'k'), line(id33, 'k'), line("a b", 'k'),
        line("a", 'k') + line("a", 'l')}) {
    const auto parsed = KeyRing::parse(text);
    ASSERT_FALSE(parsed.ok()) << text;
    EXPECT_EQ(parsed.error().code, Code::kInvalid);
    EXPECT_EQ(parsed.error().message.find(to_base64url("kkk")), std::string::npos);
  }
}

TEST(KeyRing, RefusesMoreKeysThanARotationNeeds) {
  std::string text;
  for (std::size_t i = 0; i <= KeyRing::kKeyCountMax; ++i)
    text += line("k" + std::to_string(i), 'k');
  EXPECT_FALSE(KeyRing::parse(text).ok());
}

TEST(KeyRing, DerivesADifferentKeyForEachPurposeAndId) {
  const KeyRing keys = ring(line("a", 'a') + line("b", 'b'));
  const auto sessions = keys.derive("a", "sessions");
  ASSERT_TRUE(sessions.has_value());
  EXPECT_EQ(sessions->size(), 32u);
  EXPECT_EQ(sessions->reveal(), keys.derive("a", "sessions")->reveal());
  EXPECT_NE(sessions->reveal(), keys.derive("a", "cookies")->reveal());
  EXPECT_NE(sessions->reveal(), keys.derive("b", "sessions")->reveal());
  EXPECT_FALSE(keys.derive("c", "sessions").has_value());
}

TEST(Sealer, OpensWhatItSealed) {
  test::FakeRandom random;
  const Sealer sealer(ring(line("a", 'a')), "sessions", random);
  const std::string sealed = sealer.seal("value", "aad");
  EXPECT_TRUE(sealed.starts_with("a."));
  ASSERT_TRUE(sealer.open(sealed, "aad").has_value());
  EXPECT_EQ(sealer.open(sealed, "aad")->reveal(), "value");
}

TEST(Sealer, OpensWhatAnOlderKeySealedUntilItLeavesTheRing) {
  test::FakeRandom random;
  const Sealer before(ring(line("a", 'a')), "sessions", random);
  const Sealer rotated(ring(line("b", 'b') + line("a", 'a')), "sessions", random);
  const Sealer after(ring(line("b", 'b')), "sessions", random);
  const std::string sealed = before.seal("value", "");
  EXPECT_TRUE(rotated.open(sealed, "").has_value());
  EXPECT_TRUE(rotated.seal("value", "").starts_with("b."));
  EXPECT_FALSE(after.open(sealed, "").has_value());
}

TEST(Sealer, RefusesForeignValues) {
  test::FakeRandom random;
  const KeyRing keys = ring(line("a", 'a'));
  const Sealer sessions(keys, "sessions", random);
  const Sealer cookies(keys, "cookies", random);
  const std::string sealed = sessions.seal("value", "alice");
  EXPECT_FALSE(cookies.open(sealed, "alice").has_value());
  EXPECT_FALSE(sessions.open(sealed, "bob").has_value());
  EXPECT_FALSE(sessions.open(sealed.substr(2), "alice").has_value());
  EXPECT_FALSE(sessions.open("a.", "alice").has_value());
  EXPECT_FALSE(sessions.open("", "alice").has_value());
  EXPECT_FALSE(sessions.open("a.not base64url", "alice").has_value());
}

}  // namespace
}  // namespace mcph::crypto
