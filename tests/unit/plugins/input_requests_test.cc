// What plugins may ask clients.
#include "plugins/input_requests.h"

#include <gtest/gtest.h>

#include "plugins/limits.h"

namespace mcph::plugins {
namespace {

std::string check(const std::string& requests) {
  return check_input_requests(requests).value_or("fine");
}
std::string check_one(const std::string& method, const std::string& params) {
  return check(R"({"q":{"method":")" + method + R"(","params":)" + params + "}}");
}

TEST(InputRequests, PassWhatClientsUnderstand) {
  EXPECT_EQ(check_one("roots/list", "{}"), "fine");
  EXPECT_EQ(check_one("elicitation/create",
                      R"({"message":"?","requestedSchema":{"type":"object","properties":{)"
                      R"("a":{"type":"string"},"b":{"type":"array","items":{"enum":["x"]}}}}})"),
            "fine");
  EXPECT_EQ(
      check_one("elicitation/create",
                R"({"mode":"url","message":"?","url":"https://x.example/","elicitationId":"1"})"),
      "fine");
  EXPECT_EQ(check_one("sampling/createMessage",
                      R"({"messages":[{"role":"user","content":{"type":"text","text":"?"}}],)"
                      R"("maxTokens":1})"),
            "fine");
}

TEST(InputRequests, SayWhatIsWrong) {
  EXPECT_EQ(check(""), "requests that are no JSON object");
  EXPECT_EQ(check("[]"), "requests that are no JSON object");
  EXPECT_EQ(check("{}"), "no request");
  EXPECT_EQ(check(R"({"q":7})"), "a request that is no object");
  EXPECT_EQ(check(R"({"q":{"method":"roots/list"}})"), "a request without params");
  EXPECT_EQ(check(R"({"":{"method":"roots/list","params":{}}})"),
            "a key that is empty or too long");
  EXPECT_EQ(check(R"({"q":{"method":"roots/list","params":{},"id":1}})"),
            "a request with more than method and params");
  EXPECT_EQ(check_one("roots/list", R"({"_meta":{}})"),
            "a request with _meta, which is the host's");
  EXPECT_EQ(check_one("tools/call", "{}"), "a request of an unknown method");
}

TEST(InputRequests, ToFillInAFormAreFlat) {
  const auto form = [](const std::string& schema) {
    return check_one("elicitation/create", R"({"message":"?","requestedSchema":)" + schema + "}");
  };
  EXPECT_EQ(check_one("elicitation/create", "{}"), "an elicitation without message");
  EXPECT_EQ(check_one("elicitation/create", R"({"message":"?"})"),
            "an elicitation whose requestedSchema is not of type object");
  EXPECT_EQ(form(R"({"type":"string"})"),
            "an elicitation whose requestedSchema is not of type object");
  EXPECT_EQ(form(R"({"type":"object"})"), "an elicitation whose requestedSchema has no properties");
  for (const char* property : {R"({"type":"object"})", "7", "{}"}) {
    EXPECT_EQ(form(R"({"type":"object","properties":{"a":)" + std::string(property) + "}}"),
              "an elicitation that asks for more than a flat form");
  }
  EXPECT_EQ(check_one("elicitation/create", R"({"mode":"phone","message":"?"})"),
            "an elicitation of an unknown mode");
}

TEST(InputRequests, ToOpenAPageNameIt) {
  EXPECT_EQ(check_one("elicitation/create", R"({"mode":"url","message":"?","elicitationId":"1"})"),
            "an elicitation of mode url without a valid url");
  EXPECT_EQ(
      check_one("elicitation/create", R"({"mode":"url","message":"?","url":"https://x.example/"})"),
      "an elicitation of mode url without elicitationId");
}

TEST(InputRequests, ToTheModelHaveMessagesAndALimit) {
  EXPECT_EQ(check_one("sampling/createMessage", R"({"maxTokens":1})"),
            "a sampling request without messages");
  EXPECT_EQ(check_one("sampling/createMessage", R"({"messages":[{"role":"user"}],"maxTokens":1})"),
            "a sampling request with a message without role or content");
  EXPECT_EQ(check_one("sampling/createMessage", R"({"messages":[{"role":"user","content":{}}]})"),
            "a sampling request without maxTokens");
}

TEST(InputRequests, AreFewAndHaveShortKeys) {
  const auto many = [](std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
      out +=
          (i > 0 ? ",\"" : "\"") + std::to_string(i) + R"(":{"method":"roots/list","params":{}})";
    }
    return "{" + out + "}";
  };
  EXPECT_EQ(check(many(kInputRequestsMax)), "fine");
  EXPECT_EQ(check(many(kInputRequestsMax + 1)), "too many requests");
  const auto keyed = [](std::size_t size) {
    return "{\"" + std::string(size, 'k') + R"(":{"method":"roots/list","params":{}}})";
  };
  EXPECT_EQ(check(keyed(kInputKeyBytesMax)), "fine");
  EXPECT_EQ(check(keyed(kInputKeyBytesMax + 1)), "a key that is empty or too long");
}

}  // namespace
}  // namespace mcph::plugins
