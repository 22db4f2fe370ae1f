#include "store/params.h"

#include <gtest/gtest.h>

namespace mcph::store {
namespace {

TEST(Params, AreWrittenInPostgresqlsTextForm) {
  const auto params = Params()
                          .text("it's")
                          .bytes(std::string("\0\xff", 2))
                          .integer(-7)
                          .boolean(true)
                          .time(from_unix(1'800'000'000))
                          .time(std::optional<UnixTime>{})
                          .list({"a", "\"b\\", ""})
                          .list({});
  const auto pointers = params.pointers();
  ASSERT_EQ(pointers.size(), 8u);
  EXPECT_STREQ(pointers[0], "it's");
  EXPECT_STREQ(pointers[1], "\\x00ff");
  EXPECT_STREQ(pointers[2], "-7");
  EXPECT_STREQ(pointers[3], "t");
  EXPECT_STREQ(pointers[4], "1800000000");
  EXPECT_EQ(pointers[5], nullptr);
  EXPECT_STREQ(pointers[6], R"({"a","\"b\\",""})");
  EXPECT_STREQ(pointers[7], "{}");
  EXPECT_FALSE(params.has_nul());
}

TEST(Params, KnowThatATextHasANulByte) {
  EXPECT_TRUE(Params().text(std::string_view("a\0b", 3)).has_nul());
  EXPECT_TRUE(Params().list({"a", std::string("b\0", 2)}).has_nul());
  EXPECT_FALSE(Params().bytes(std::string_view("\0", 1)).has_nul());
}

TEST(IsUuid, AcceptsTheTextFormAlone) {
  EXPECT_TRUE(is_uuid("0189f7e2-4b1c-4d3e-8f00-ABCDEFabcdef"));
  EXPECT_FALSE(is_uuid(""));
  EXPECT_FALSE(is_uuid("0189f7e24b1c4d3e8f00abcdefabcdef"));
  EXPECT_FALSE(is_uuid("0189f7e2-4b1c-4d3e-8f00-abcdefabcdeg"));
  EXPECT_FALSE(is_uuid("{189f7e2-4b1c-4d3e-8f00-abcdefabcde}"));
}

}  // namespace
}  // namespace mcph::store
