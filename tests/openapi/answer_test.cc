// What a model gets of an API's answer.
#include "openapi/answer.h"

#include <gtest/gtest.h>

#include "mcph/call.hpp"

namespace openapi {
namespace {

Reply json(std::string body, std::uint32_t status = 200) {
  return {status, "application/json; charset=utf-8", "", std::move(body)};
}

std::string shaped(const std::string& body, const std::string& pick,
                   std::vector<std::string> fields = {}) {
  Change change;
  change.pick = pick;
  change.fields = std::move(fields);
  return make_answer(json(body), change).json;
}

mcph::Failure failure_of(const Reply& reply, const Change& change = {}) {
  try {
    make_answer(reply, change);
  } catch (const mcph::Failure& failure) {
    return failure;
  }
  return {0, "no failure"};
}

TEST(Answer, IsJsonOrTextOrAWordOfSuccess) {
  EXPECT_EQ(make_answer(json(R"( {"id": 12345678901234567890} )"), {}).json,
            R"({"id":12345678901234567890})");
  EXPECT_EQ(make_answer({200, "application/problem+json", "", "[1]"}, {}).json, "[1]");
  EXPECT_EQ(make_answer({200, "text/csv", "", "a,b"}, {}).text, "a,b");
  EXPECT_EQ(make_answer({204, "", "", ""}, {}).text, "Done: the API answered 204 without content.");
  EXPECT_EQ(failure_of({200, "image/png", "", "x"}).text,
            "The API's answer is image/png, neither JSON nor text.");
  EXPECT_EQ(failure_of({200, "", "", "x"}).text,
            "The API's answer is of no type, neither JSON nor text.");
  EXPECT_EQ(failure_of({200, "text/plain", "", "\xed\xa0\x80"}).text,
            "The API's answer is not UTF-8.");
  EXPECT_EQ(failure_of(json("{")).text, "The API's answer says it is JSON, and is not.");
}

TEST(Answer, IsCutToWhatTheOperatorPicked) {
  const std::string body = R"({"todos":[{"id":1,"text":"a","x":0},{"id":2}],"a/b":{"~":[7]}})";
  EXPECT_EQ(shaped(body, "/todos/1"), R"({"id":2})");
  EXPECT_EQ(shaped(body, "/todos", {"id", "text"}), R"([{"id":1,"text":"a"},{"id":2}])");
  EXPECT_EQ(shaped(body, "", {"todos"}), R"({"todos":[{"id":1,"text":"a","x":0},{"id":2}]})");
  EXPECT_EQ(shaped(body, "/a~1b/~0/0", {"id"}), "7");
  Change change;
  for (const char* pick : {"/nothing", "/todos/2", "/todos/x", "/todos/-1", "/todos/99999999"}) {
    change.pick = pick;
    EXPECT_EQ(failure_of(json(body), change).text,
              "The API's answer has no " + std::string(pick) + ".");
  }
  EXPECT_EQ(failure_of({200, "text/plain", "", "x"}, change).text,
            "The API's answer is text and not JSON.");
}

TEST(Answer, SaysWhatAStatusMeans) {
  struct {
    std::uint32_t status;
    mcph_status why;
    const char* text;
  } const cases[] = {
      {302, MCPH_E_UNAVAILABLE,
       "The API answered 302: it points elsewhere, which is not followed."},
      {400, MCPH_E_INTERNAL, R"(The API answered 400: {"error":"no"})"},
      {401, MCPH_E_UNAUTHORIZED, "The API answered 401: the sign-in is not accepted."},
      {403, MCPH_E_FORBIDDEN, R"(The API answered 403, the user may not do this: {"error":"no"})"},
      {404, MCPH_E_NOT_FOUND, R"(The API answered 404, there is no such thing: {"error":"no"})"},
      {429, MCPH_E_UNAVAILABLE, "The API answered 429, too many requests. Try again later."},
      {500, MCPH_E_UNAVAILABLE, "The API answered 500. Try again later."},
  };
  for (const auto& [status, why, text] : cases) {
    const mcph::Failure failure = failure_of(json(R"({"error": "no"})", status));
    EXPECT_EQ(failure.text, text);
    EXPECT_EQ(failure.why, why) << status;
  }
}

TEST(Answer, SaysWhenToComeBack) {
  EXPECT_EQ(failure_of({429, "", "120", ""}).text,
            "The API answered 429, too many requests. Try again after 120 seconds.");
  EXPECT_EQ(failure_of({503, "", "Fri, 31 Dec 2027 23:59:59 GMT", ""}).text,
            "The API answered 503. Try again after Fri, 31 Dec 2027 23:59:59 GMT.");
  EXPECT_EQ(failure_of({503, "", "\x01", ""}).text, "The API answered 503. Try again later.");
}

TEST(Answer, ShowsLittleOfAnErrorAndNothingThatIsNoText) {
  const std::string shown = failure_of({422, "text/plain", "", std::string(5000, 'x')}).text;
  EXPECT_LT(shown.size(), 1'100u);
  EXPECT_EQ(failure_of({422, "text/html", "", "<html>"}).text, "The API answered 422.");
  EXPECT_EQ(failure_of({422, "text/plain", "", "\xff\xfe"}).text, "The API answered 422.");
  EXPECT_EQ(failure_of(json("{", 422)).text, "The API answered 422.");
}

}  // namespace
}  // namespace openapi
