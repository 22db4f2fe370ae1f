#include "plugins/json_scan.h"

#include <gtest/gtest.h>

#include <string>

#include "base/json.h"

namespace mcph::plugins {
namespace {

TEST(JsonScan, AcceptsOneObjectAndNothingElse) {
  for (const char* text :
       {"{}", " {\"a\" : [1, -0.5e+3, true, false, null, \"\\u00e9\\n\", {}, []] } \n",
        "{\"a\":\"\xC3\xA9\"}", "{\"\":0}", "{\"n\":-0}", "{\"n\":1E9}"}) {
    EXPECT_TRUE(scan_json_object(text).has_value()) << text;
  }
  for (const char* text : {"",
                           " ",
                           "[]",
                           "1",
                           "\"x\"",
                           "{",
                           "}",
                           "{}{}",
                           "{},",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{\"a\":1,}",
                           "{a:1}",
                           "{'a':1}",
                           "{\"a\":01}",
                           "{\"a\":1.}",
                           "{\"a\":.5}",
                           "{\"a\":+1}",
                           "{\"a\":1e}",
                           "{\"a\":-}",
                           "{\"a\":tru}",
                           "{\"a\":nulll}",
                           "{\"a\":\"\t\"}",
                           "{\"a\":\"\\x\"}",
                           "{\"a\":\"\\u12g4\"}",
                           "{\"a\":\"",
                           "{\"a\":[1 2]}",
                           "{\"a\":[}",
                           "{\"a\":\"\xFF\"}",
                           "{\"a\":\"\xC3\"}",
                           "{\"a\":\"\xED\xA0\x80\"}",
                           "{\"a\":NaN}",
                           "{\"a\":1}x"}) {
    EXPECT_FALSE(scan_json_object(text).has_value()) << text;
  }
  EXPECT_FALSE(scan_json_object(std::string_view("{\"a\":\"\0\"}", 9)).has_value());
}

TEST(JsonScan, AgreesWithTheParserAboutEveryCutOfAText) {
  const std::string text =
      R"({"type":"text","a":[{"b":"\"\\\u00e9"},-1.5e3,true,null],"c":{"d":""}})";
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const std::string_view cut(text.data(), i);
    EXPECT_EQ(scan_json_object(cut).has_value(), parse_json(cut).ok()) << cut;
    std::string broken = text;
    if (i < text.size()) broken[i] = '\x01';
    EXPECT_EQ(scan_json_object(broken).has_value(), parse_json(broken).ok()) << broken;
  }
}

TEST(JsonScan, FindsTheTypeOfTheObjectItself) {
  EXPECT_EQ(scan_json_object(R"({"x":{"type":"inner"},"type":"text"})")->type, "text");
  EXPECT_EQ(scan_json_object(R"({"type":7})")->type, "");
  EXPECT_EQ(scan_json_object("{}")->type, "");
}

TEST(JsonScan, RefusesWhatIsNestedTooDeeply) {
  const std::string deep = "{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
  EXPECT_FALSE(scan_json_object(deep).has_value());
}

TEST(JsonScan, KnowsAnyValue) {
  for (const char* text : {"{}", "[1]", "\"x\"", "7", " true ", "null"}) {
    EXPECT_TRUE(is_json(text)) << text;
  }
  for (const char* text : {"", " ", "{", "nul", "1 2", "\"x", "\"\xff\""}) {
    EXPECT_FALSE(is_json(text)) << text;
  }
}

TEST(JsonScan, CountsMembersAndSeesText) {
  const auto block = scan_json_object(R"({"type":"text","text":"x"})");
  EXPECT_TRUE(block->has_text);
  EXPECT_EQ(block->members, 2u);
  const auto nested = scan_json_object(R"({"a":{"text":"x","b":[{"c":1}]},"text":7})");
  EXPECT_FALSE(nested->has_text);
  EXPECT_EQ(nested->members, 2u);
}

}  // namespace
}  // namespace mcph::plugins
