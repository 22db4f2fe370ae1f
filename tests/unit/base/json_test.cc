#include "base/json.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace mcph {
namespace {

TEST(ParseJson, ReadsADocument) {
  const auto value = parse_json(R"({"a":[1,2.5,"x",true,null]})");
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(to_json(*value), R"({"a":[1,2.5E0,"x",true,null]})");
}

TEST(ParseJson, NamesThePositionOfAMistakeAndNotItsContent) {
  for (const char* text : {"", "{", "[1,]", "{\"hunter2\" 1}", "nul", "1 2", "{}x", "'a'", "\x80",
                           "\"\\ud800\"", "[NaN]", "// c\n1"}) {
    const auto value = parse_json(text);
    ASSERT_FALSE(value.ok()) << text;
    EXPECT_EQ(value.error().code, Code::kInvalid);
    EXPECT_EQ((value.error().message + value.error().detail).find("hunter2"), std::string::npos);
  }
}

TEST(ParseJson, RefusesMoreLevelsThanAllowed) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(parse_json(nested(limits::kJsonDepthMax)).ok());
  EXPECT_FALSE(parse_json(nested(limits::kJsonDepthMax + 1)).ok());
  EXPECT_TRUE(parse_json(nested(2), 2).ok());
  EXPECT_FALSE(parse_json(nested(3), 2).ok());
  EXPECT_FALSE(parse_json(nested(100'000)).ok());
}

TEST(ParseJson, RefusesNumbersThatJsonCannotWriteBack) {
  EXPECT_FALSE(parse_json("1e400").ok());
  EXPECT_FALSE(parse_json(R"({"a":[{"b":-1e999}]})").ok());
  EXPECT_TRUE(parse_json("1e308").ok());
}

TEST(FindMember, GivesMembersOfTheWantedKindAlone) {
  const auto value = parse_json(
      R"({"s":"x","i":-7,"u":18446744073709551615,"d":1.5,"b":true,"o":{},"a":[],"n":null})");
  const json::object& object = value->get_object();
  EXPECT_EQ(find_string(object, "s"), "x");
  EXPECT_EQ(find_int(object, "i"), -7);
  EXPECT_EQ(find_bool(object, "b"), true);
  EXPECT_NE(find_object(object, "o"), nullptr);
  EXPECT_NE(find_array(object, "a"), nullptr);
  EXPECT_NE(find(object, "n"), nullptr);
  EXPECT_FALSE(find_int(object, "u").has_value());
  EXPECT_FALSE(find_int(object, "d").has_value());
  EXPECT_FALSE(find_string(object, "i").has_value());
  EXPECT_FALSE(find_bool(object, "s").has_value());
  EXPECT_EQ(find_object(object, "a"), nullptr);
  EXPECT_EQ(find_array(object, "o"), nullptr);
  EXPECT_EQ(find(object, "missing"), nullptr);
}

}  // namespace
}  // namespace mcph
