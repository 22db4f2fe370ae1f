#include "mcp/headers.h"

#include <gtest/gtest.h>

namespace mcph::mcp {
namespace {

struct Decoding {
  const char* value;
  const char* meaning;  // null: refused
};

class DecodeHeaderValue : public testing::TestWithParam<Decoding> {};

TEST_P(DecodeHeaderValue, FollowsTheSentinelStrictly) {
  const std::optional<std::string> decoded = decode_header_value(GetParam().value);
  if (GetParam().meaning == nullptr) {
    EXPECT_FALSE(decoded) << *decoded;
  } else {
    ASSERT_TRUE(decoded);
    EXPECT_EQ(*decoded, GetParam().meaning);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, DecodeHeaderValue,
    testing::Values(
        Decoding{"echo", "echo"}, Decoding{"", ""}, Decoding{"a b", "a b"},
        Decoding{"a\tb", "a\tb"}, Decoding{"=?base64?ZWNobw==?=", "echo"},
        Decoding{"=?base64?SGVsbG8=?=", "Hello"}, Decoding{"=?base64?esO8cmljaA==?=", "zürich"},
        Decoding{"=?base64?\?=", ""},
        // without one of its marks, or with another case, it is a literal
        Decoding{"SGVsbG8=", "SGVsbG8="}, Decoding{"=?base64?SGVsbG8=", "=?base64?SGVsbG8="},
        Decoding{"SGVsbG8=?=", "SGVsbG8=?="},
        Decoding{"=?BASE64?SGVsbG8=?=", "=?BASE64?SGVsbG8=?="},
        Decoding{"=?base64?=", "=?base64?="},
        // padding, alphabet, trailing bits, text
        Decoding{"=?base64?SGVsbG8?=", nullptr}, Decoding{"=?base64?ZWNobw=?=", nullptr},
        Decoding{"=?base64?SGVs!!!bG8=?=", nullptr}, Decoding{"=?base64?SGVs bG8=?=", nullptr},
        Decoding{"=?base64?SGVsbG9=?=", nullptr}, Decoding{"=?base64?-_-_?=", nullptr},
        Decoding{"=?base64?//79?=", nullptr},
        // bytes a field may not carry
        Decoding{"z\xc3\xbcrich", nullptr}, Decoding{"a\x01", nullptr},
        Decoding{"a\x7f", nullptr}));

McpHeaders read(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  static Headers headers;  // the result looks into it
  headers.clear();
  for (const auto& [name, value] : fields) headers.add(name, value);
  return read_headers(headers);
}

TEST(ReadHeaders, IgnoresTheCaseOfNamesAndBlanksAroundValues) {
  const McpHeaders headers = read({{"MCP-METHOD", "  tools/list\t"}, {"mcp-name", " a "}});
  EXPECT_TRUE(headers.method.is("tools/list"));
  EXPECT_TRUE(headers.name.is("a"));
}

TEST(ReadHeaders, KeepsTheCaseOfValues) {
  EXPECT_FALSE(read({{"Mcp-Method", "TOOLS/LIST"}}).method.is("tools/list"));
}

TEST(ReadHeaders, ARepeatedFieldEqualsNothing) {
  const McpHeaders headers = read({{"Mcp-Name", "a"}, {"mcp-name", "a"}});
  EXPECT_TRUE(headers.name.repeated());
  EXPECT_FALSE(headers.name.is("a"));
}

struct Acceptance {
  const char* accept;
  bool json, events;
};

class Accept : public testing::TestWithParam<Acceptance> {};

TEST_P(Accept, SaysWhatTheClientCanRead) {
  const McpHeaders headers = read({{"Accept", GetParam().accept}});
  EXPECT_EQ(headers.accepts_json, GetParam().json);
  EXPECT_EQ(headers.accepts_events, GetParam().events);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Accept,
    testing::Values(Acceptance{"application/json, text/event-stream", true, true},
                    Acceptance{"application/json", true, false},
                    Acceptance{"text/event-stream", false, true},
                    Acceptance{"TEXT/Event-Stream;q=0.5", false, true},
                    Acceptance{"*/*", true, true}, Acceptance{"application/*,text/*", true, true},
                    Acceptance{"text/html", false, false}, Acceptance{"", false, false},
                    Acceptance{"application/json, text/event-stream;q=0", true, false},
                    Acceptance{"application/json;q=0.0;x=1", false, false},
                    Acceptance{"application/jsonl", false, false},
                    Acceptance{",,;,application/json;", true, false}));

TEST(Accept, EverythingIsFineWithoutTheField) {
  EXPECT_TRUE(read({}).accepts_json);
  EXPECT_TRUE(read({}).accepts_events);
}

TEST(Accept, SeveralFieldsAreOneList) {
  const McpHeaders headers =
      read({{"Accept", "application/json"}, {"Accept", "text/event-stream"}});
  EXPECT_TRUE(headers.accepts_json && headers.accepts_events);
}

}  // namespace
}  // namespace mcph::mcp
