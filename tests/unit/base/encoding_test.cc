#include "base/encoding.h"

#include <gtest/gtest.h>

#include "support/fake_random.h"

namespace mcph {
namespace {

TEST(Base64, GivesTheVectorsOfRfc4648) {
  const std::vector<std::pair<std::string, std::string>> vectors = {{"", ""},
                                                                    {"f", "Zg=="},
                                                                    {"fo", "Zm8="},
                                                                    {"foo", "Zm9v"},
                                                                    {"foob", "Zm9vYg=="},
                                                                    {"fooba", "Zm9vYmE="},
                                                                    {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
    std::string unpadded = text.substr(0, text.find('='));
    EXPECT_EQ(to_base64url(bytes), unpadded);
    EXPECT_EQ(from_base64url(unpadded), bytes);
  }
}

TEST(Base64, UsesTheAlphabetOfItsKind) {
  EXPECT_EQ(to_base64("\xfb\xff\xbf"), "+/+/");
  EXPECT_EQ(to_base64url("\xfb\xff\xbf"), "-_-_");
  EXPECT_FALSE(from_base64("-_-_").has_value());
  EXPECT_FALSE(from_base64url("+/+/").has_value());
}

TEST(Base64, RefusesWhatNoEncoderWrites) {
  for (const char* text :
       {"Zg", "Zg=", "Zg===", "=Zg=", "Z===", "====", "Zm9v\n", "Zm 9v", "Zh=="}) {
    EXPECT_FALSE(from_base64(text).has_value()) << text;
  }
  for (const char* text : {"Zg==", "Z", "Zm9vY", "Zm9v=", "Zh", "Zm9="}) {
    EXPECT_FALSE(from_base64url(text).has_value()) << text;
  }
}

TEST(Base64, BringsEveryLengthBack) {
  test::FakeRandom random;
  for (std::size_t length = 0; length < 100; ++length) {
    const std::string bytes = random.bytes(length);
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
    EXPECT_EQ(from_hex(to_hex(bytes)), bytes);
    EXPECT_EQ(from_percent(to_percent(bytes)), bytes);
  }
}

TEST(Hex, IsLowerCaseAndHasAnEvenLength) {
  EXPECT_EQ(to_hex(std::string_view("\x00\xab", 2)), "00ab");
  EXPECT_FALSE(from_hex("abc").has_value());
  EXPECT_FALSE(from_hex("0g").has_value());
}

TEST(Percent, EscapesAllButUnreservedCharacters) {  // RFC 3986 §2.3
  EXPECT_EQ(to_percent("AZaz09-._~"), "AZaz09-._~");
  EXPECT_EQ(to_percent("a b/c?&=+%"), "a%20b%2Fc%3F%26%3D%2B%25");
  EXPECT_EQ(from_percent("a+b%2fc"), "a+b/c");
}

TEST(Percent, RefusesUnfinishedEscapes) {
  for (const char* text : {"%", "%4", "a%", "%zz", "%4g"}) {
    EXPECT_FALSE(from_percent(text).has_value()) << text;
  }
}

TEST(Form, KeepsOrderAndDuplicates) {
  const auto fields = parse_form("a=1&b=x+y&a=%3D&c&=d&&e=");
  ASSERT_TRUE(fields.has_value());
  EXPECT_EQ(*fields,
            (FormFields{{"a", "1"}, {"b", "x y"}, {"a", "="}, {"c", ""}, {"", "d"}, {"e", ""}}));
}

TEST(Form, ReadsBackWhatItWrites) {
  const FormFields fields = {{"redirect_uri", "https://a.example/?x=1&y=2"}, {"sp ace", "+&=%"}};
  EXPECT_EQ(parse_form(to_form(fields)), fields);
}

TEST(Form, RefusesBrokenEscapesInNamesAndValues) {
  EXPECT_FALSE(parse_form("a=%4").has_value());
  EXPECT_FALSE(parse_form("%=1").has_value());
}

TEST(IsUtf8, AcceptsEveryLength) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("plain"));
  EXPECT_TRUE(is_utf8("\xc2\x80 \xdf\xbf \xe0\xa0\x80 \xed\x9f\xbf \xef\xbf\xbf"));
  EXPECT_TRUE(is_utf8("\xf0\x90\x80\x80 \xf4\x8f\xbf\xbf"));
}

TEST(IsUtf8, RefusesOverlongFormsSurrogatesAndBeyond) {  // RFC 3629 §3, §10
  for (const char* text : {"\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80",
                           "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff"}) {
    EXPECT_FALSE(is_utf8(text)) << text;
  }
}

TEST(IsUtf8, RefusesSequencesCutAnywhere) {
  for (const std::string_view whole : {"\xc2\x80", "\xe2\x82\xac", "\xf0\x9f\x98\x80"}) {
    for (std::size_t size = 1; size < whole.size(); ++size) {
      EXPECT_FALSE(is_utf8(whole.substr(0, size)));
      EXPECT_FALSE(is_utf8(std::string(whole.substr(0, size)) + "a"));
    }
  }
}

}  // namespace
}  // namespace mcph
