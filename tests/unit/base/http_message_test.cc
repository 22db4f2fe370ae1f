#include "base/http_message.h"

#include <gtest/gtest.h>

namespace mcph {
namespace {

TEST(Headers, AreFoundWhateverTheirCase) {  // RFC 9110 §5.1
  Headers headers;
  headers.add("Content-Type", "text/plain");
  EXPECT_EQ(headers.find("content-TYPE"), "text/plain");
  EXPECT_FALSE(headers.find("Content-Typ").has_value());
}

TEST(Headers, KeepDuplicatesInOrder) {
  Headers headers;
  headers.add("Set-Cookie", "a=1");
  headers.add("X", "y");
  headers.add("set-cookie", "b=2");
  EXPECT_EQ(headers.count("Set-Cookie"), 2u);
  EXPECT_EQ(headers.find("Set-Cookie"), "a=1");
  ASSERT_EQ(headers.size(), 3u);
  EXPECT_EQ(headers.at(2).name, "set-cookie");
  EXPECT_EQ(headers.at(2).value, "b=2");
}

TEST(Headers, SetReplacesEveryFieldOfThatName) {
  Headers headers;
  headers.add("a", "1");
  headers.add("b", "2");
  headers.add("A", "3");
  headers.set("a", "4");
  EXPECT_EQ(headers.count("a"), 1u);
  EXPECT_EQ(headers.find("a"), "4");
  EXPECT_EQ(headers.find("b"), "2");
}

TEST(Headers, AreEmptyOnceCleared) {
  Headers headers;
  headers.add("a", "1");
  headers.clear();
  EXPECT_TRUE(headers.empty());
  EXPECT_FALSE(headers.find("a").has_value());
}

TEST(Request, SplitsItsTargetAtTheFirstQuestionMark) {
  Request request;
  request.target = "/mcp?a=1?b";
  EXPECT_EQ(request.path(), "/mcp");
  EXPECT_EQ(request.query(), "a=1?b");
  request.target = "/mcp";
  EXPECT_EQ(request.path(), "/mcp");
  EXPECT_EQ(request.query(), "");
}

TEST(Request, KnowsItsMediaTypeWithoutParameters) {
  Request request;
  EXPECT_EQ(request.content_type(), "");
  request.headers.add("Content-Type", " application/json ; charset=utf-8");
  EXPECT_EQ(request.content_type(), "application/json");
}

TEST(Iequals, IgnoresTheCaseOfAsciiAlone) {
  EXPECT_TRUE(iequals("Bearer", "bEARER"));
  EXPECT_FALSE(iequals("Bearer", "Bearer "));
  EXPECT_FALSE(iequals("[", "{"));
  EXPECT_FALSE(iequals("\xc4", "\xe4"));
}

TEST(MakeResponse, SetsStatusTypeAndBody) {
  const Response response = make_json_response(401, "{}");
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(response.headers.find("content-type"), "application/json");
  EXPECT_EQ(response.body, "{}");
}

}  // namespace
}  // namespace mcph
