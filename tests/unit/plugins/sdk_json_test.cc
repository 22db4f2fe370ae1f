// The JSON of plugin authors against the JSON of the host.
#include <gtest/gtest.h>

#include "base/json.h"
#include "mcph/json.hpp"

namespace mcph {
namespace {

TEST(SdkJson, ReadsAndWritesWhatItRead) {
  for (const char* text :
       {"null", "true", "false", "0", "-0.5e+10", "123456789012345678901234567890", "\"\"",
        R"("a\"b\\c\n\u0001é")", "[]", "{}", R"([1,[2,[]],{"a":{"b":null}}])"}) {
    EXPECT_EQ(Json::parse(text).write(), text);
  }
  EXPECT_EQ(Json::parse(R"("\ud83d\udca9\/\b")").as_string(), "\xF0\x9F\x92\xA9/\b");
}

TEST(SdkJson, RefusesWhatIsNotJson) {
  for (const char* text :
       {"", " ", "{", "[1,]", "{\"a\"}", "01", "1.", "+1", "tru", "\"", "\"\\x\"", "\"\\ud800\"",
        "\"\n\"", "1 2", "[1 2]", "{\"a\":1,}", "nan"}) {
    EXPECT_THROW(Json::parse(text), JsonError) << text;
  }
  EXPECT_THROW(Json::parse(std::string(1'000, '[')), JsonError);
}

TEST(SdkJson, BuildsAndFinds) {
  const Json built = Json::object()
                         .set("text", "a\"b")
                         .set("n", 7)
                         .set("done", true)
                         .set("list", Json::array().push(1).push(Json()));
  EXPECT_EQ(built.write(), R"({"text":"a\"b","n":7,"done":true,"list":[1,null]})");
  EXPECT_EQ(built.at("n").as_int(), 7);
  EXPECT_EQ(built.find("none"), nullptr);
  EXPECT_THROW(built.at("none"), JsonError);
  EXPECT_THROW(built.at("n").as_string(), JsonError);
  EXPECT_THROW(Json::parse("1.5").as_int(), JsonError);
}

TEST(SdkJson, PrintsAsJsonStringifyDoes) {
  EXPECT_EQ(Json::parse(R"({"a":[1,{"b":"x, {y}: \"z\""}],"c":{},"d":[]})").write_pretty(),
            "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"x, {y}: \\\"z\\\"\"\n    }\n  ],\n"
            "  \"c\": {},\n  \"d\": []\n}");
  EXPECT_THROW(pretty_json("\"open"), JsonError);
  EXPECT_THROW(pretty_json("]"), JsonError);
}

TEST(SdkJson, QuotesPrettyTextInOneGo) {
  const std::string_view deep =
      R"({"path":"C:\\dir\\","quote":"\\\"","empty":"","list":[[],{},[1,-2.5e3,null,true]],)"
      R"("deep":[[[[[[[[[[[[[[[[[["x"]]]]]]]]]]]]]]]]]],"é":"€"})";
  std::string at_once = "before ";
  append_quoted_pretty(at_once, deep);
  EXPECT_EQ(at_once, "before " + mcph::quoted(pretty_json(deep)));
}

TEST(SdkJson, QuotesEveryByteThatNeedsIt) {
  EXPECT_EQ(mcph::quoted(std::string_view("a\"b\\c\n\r\t\x01\x1f\0z", 12)),
            R"("a\"b\\c\n\r\t\u0001\u001f\u0000z")");
  const std::string long_text(1000, '"');
  EXPECT_EQ(mcph::quoted(long_text).size(), 2002u);
}

}  // namespace
}  // namespace mcph
