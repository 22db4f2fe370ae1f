#include "mcp/jsonrpc.h"

#include <gtest/gtest.h>

#include "mcp/limits.h"

namespace mcph::mcp {
namespace {

// What read_message() makes of a text: kind and id, or the error code.
std::string summary(std::string_view text) {
  json::value body = *parse_json(text);
  JsonToken id;
  const auto read = read_message(body, id);
  if (const auto* rejection = std::get_if<Rejection>(&read)) {
    return std::to_string(rejection->code) + " " + id;
  }
  const auto& message = std::get<Message>(read);
  switch (message.kind) {
    case Message::Kind::kRequest:
      return "request " + message.id;
    case Message::Kind::kNotification:
      return "notification";
    case Message::Kind::kResponse:
      break;
  }
  return "response " + message.id;
}

TEST(ReadMessage, TellsRequestsNotificationsAndResponsesApart) {
  EXPECT_EQ(summary(R"({"jsonrpc":"2.0","id":1,"method":"a"})"), "request 1");
  EXPECT_EQ(summary(R"({"jsonrpc":"2.0","method":"a"})"), "notification");
  EXPECT_EQ(summary(R"({"jsonrpc":"2.0","id":1,"result":{}})"), "response 1");
  EXPECT_EQ(summary(R"({"jsonrpc":"2.0","id":1,"error":{"code":1,"message":""}})"), "response 1");
}

TEST(ReadMessage, KeepsTheTypeOfTheId) {
  EXPECT_EQ(summary(R"({"jsonrpc":"2.0","id":0,"method":"a"})"), "request 0");
  EXPECT_EQ(summary(R"({"jsonrpc":"2.0","id":"0","method":"a"})"), "request \"0\"");
  EXPECT_EQ(summary(R"({"jsonrpc":"2.0","id":-7,"method":"a"})"), "request -7");
  EXPECT_EQ(summary(R"({"jsonrpc":"2.0","id":1.0,"method":"a"})"), "request 1");
  EXPECT_EQ(summary(R"({"jsonrpc":"2.0","id":18446744073709551615,"method":"a"})"),
            "request 18446744073709551615");
  EXPECT_EQ(summary(R"({"jsonrpc":"2.0","id":"a\"\\\n\u0001é","method":"a"})"),
            "request \"a\\\"\\\\\\n\\u0001é\"");
  EXPECT_EQ(summary(R"({"jsonrpc":"2.0","id":"","method":"a"})"), "request \"\"");
}

TEST(ReadMessage, RefusesIdsThatAreNeitherStringNorInteger) {
  for (const char* id : {"null", "true", "1.5", "1e300", "[1]", "{}"}) {
    const std::string text = std::string(R"({"jsonrpc":"2.0","id":)") + id + R"(,"method":"a"})";
    EXPECT_EQ(summary(text), "-32600 ") << id;
  }
  const std::string long_id(limits::kRequestIdBytesMax + 1, 'x');
  EXPECT_EQ(summary(R"({"jsonrpc":"2.0","method":"a","id":")" + long_id + "\"}"), "-32600 ");
}

TEST(ReadMessage, RefusesWhatIsNotJsonRpcButKeepsAReadableId) {
  EXPECT_EQ(summary("1"), "-32600 ");
  EXPECT_EQ(summary("{}"), "-32600 ");
  EXPECT_EQ(summary(R"({"id":1,"method":"a"})"), "-32600 1");
  EXPECT_EQ(summary(R"({"jsonrpc":"1.0","id":1,"method":"a"})"), "-32600 1");
  EXPECT_EQ(summary(R"({"jsonrpc":2.0,"id":1,"method":"a"})"), "-32600 1");
  EXPECT_EQ(summary(R"({"jsonrpc":"2.0","id":1})"), "-32600 1");
  EXPECT_EQ(summary(R"({"jsonrpc":"2.0","id":1,"method":5})"), "-32600 1");
  EXPECT_EQ(summary(R"({"jsonrpc":"2.0","id":1,"method":"a","params":[]})"), "-32600 1");
  EXPECT_EQ(summary(R"({"jsonrpc":"2.0","id":1,"method":"a","params":null})"), "-32600 1");
  EXPECT_EQ(summary(R"({"jsonrpc":"2.0","result":{}})"), "-32600 ");
}

TEST(ErrorBody, LeavesAnUnknownIdOutInsteadOfWritingNull) {
  Rejection rejection;
  rejection.code = kParseError;
  rejection.message = "a \"quoted\" word";
  EXPECT_EQ(make_error_body({}, rejection),
            R"({"jsonrpc":"2.0","error":{"code":-32700,"message":"a \"quoted\" word"}})");
}

TEST(ErrorBody, UnsupportedVersionNamesWhatIsSupportedAndWhatWasAsked) {
  EXPECT_EQ(make_error_body("7", rejections::unsupported_version("v9")),
            R"({"jsonrpc":"2.0","id":7,"error":{"code":-32022,)"
            R"("message":"Unsupported protocol version",)"
            R"("data":{"supported":["2026-07-28"],"requested":"v9"}}})");
}

TEST(ErrorBody, StaysJsonWhenAHeaderHeldBytesThatAreNoText) {
  EXPECT_TRUE(parse_json(make_error_body("7", rejections::unsupported_version("\xff\xfe"))).ok());
}

}  // namespace
}  // namespace mcph::mcp
