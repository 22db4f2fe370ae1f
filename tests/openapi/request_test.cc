// From arguments to what is sent, byte for byte.
#include "openapi/request.h"

#include "mcph/call.hpp"
#include "openapi/encode.h"
#include "openapi/support.h"

namespace openapi {
namespace {

std::string url_of(const Operation& operation, const std::string& arguments) {
  return make_request(operation, make_settings().base_url, Json::parse(arguments)).url;
}

std::string failure_of(const Operation& operation, const std::string& arguments) {
  try {
    make_request(operation, "https://api.example", Json::parse(arguments));
    return "";
  } catch (const mcph::Failure& failure) {
    return failure.text;
  }
}

Operation with_parameter(const std::string& in, const std::string& members,
                         const std::string& path = "/op") {
  return read_one(R"("parameters":[{"name":"p","in":")" + in + '"' +
                      (members.empty() ? "" : "," + members) + "}]",
                  path);
}

TEST(Path, HoldsAValueInItsSegment) {
  const Operation operation = with_parameter("path", "", "/pets/{p}/photos");
  const std::pair<const char*, const char*> cases[] = {
      {R"("a")", "a"},
      {R"("a/b")", "a%2Fb"},
      {R"("a?b#c&d")", "a%3Fb%23c%26d"},
      {R"("é %")", "%C3%A9%20%25"},
      {R"("...")", "..."},
      {R"("a..b")", "a..b"},
      {R"(";x=1@[]")", "%3Bx%3D1%40%5B%5D"},
      {"12345678901234567890", "12345678901234567890"},
      {"true", "true"},
      {R"(["a","b,c"])", "a,b%2Cc"},
      {R"({"a":1,"b":"=,"})", "a,1,b,%3D%2C"},
  };
  for (const auto& [value, written] : cases) {
    EXPECT_EQ(url_of(operation, R"({"p":)" + std::string(value) + "}"),
              "https://api.example/v1/pets/" + std::string(written) + "/photos");
  }
  for (const char* value : {R"(".")", R"("..")", R"("%2e%2E")", R"(".%2e")", R"("../x")",
                            R"("x/../y")", R"("x\\..")", R"("..\\x")", R"([".."])"}) {
    EXPECT_EQ(failure_of(operation, R"({"p":)" + std::string(value) + "}"),
              "p must not lead to another path")
        << value;
  }
  EXPECT_EQ(failure_of(operation, R"({"p":""})"), "p must not be empty");
  EXPECT_EQ(failure_of(operation, R"({"p":null})"), "p has no value");
  EXPECT_EQ(failure_of(operation, R"({"p":"a\u0000b"})"), "p has a control character");
  EXPECT_EQ(failure_of(operation, R"({"p":[[1]]})"), "p has a value that cannot be written there");
}

TEST(Path, HoldsTwoValuesSideBySide) {
  const Operation operation = read_one(
      R"("parameters":[{"name":"a","in":"path"},{"name":"b","in":"path"}])", "/x/{a}{b}/y");
  EXPECT_EQ(url_of(operation, R"({"a":"1","b":2})"), "https://api.example/v1/x/12/y");
  EXPECT_NE(failure_of(operation, R"({"a":".","b":"."})"), "");
}

TEST(Path, ExplodesObjects) {
  const Operation operation = with_parameter("path", R"("explode":true)", "/{p}");
  EXPECT_EQ(url_of(operation, R"({"p":{"a":1,"b":"/"}})"), "https://api.example/v1/a=1,b=%2F");
}

TEST(Query, WritesEveryStyle) {
  struct {
    const char *members, *value, *query;
  } const cases[] = {
      {"", R"("a b&c=d+é")", "p=a%20b%26c%3Dd%2B%C3%A9"},
      {"", "false", "p=false"},
      {"", R"(["a","b&"])", "p=a&p=b%26"},
      {"", R"({"x":1,"y&":"z"})", "x=1&y%26=z"},
      {"", "null", ""},
      {"", "[]", ""},
      {R"("explode":false)", R"(["a","b,"])", "p=a,b%2C"},
      {R"("explode":false)", R"({"x":1,"y":"z"})", "p=x,1,y,z"},
      {R"("style":"spaceDelimited")", R"(["a","b c"])", "p=a%20b%20c"},
      {R"("style":"pipeDelimited")", R"(["a","b"])", "p=a%7Cb"},
      {R"("style":"pipeDelimited","explode":true)", R"(["a","b"])", "p=a&p=b"},
      {R"("style":"deepObject","explode":true)", R"({"x":1,"y]":"z"})", "p%5Bx%5D=1&p%5By%5D%5D=z"},
      {R"("content":{"application/json":{}})", R"({"a":["b"]})", "p=%7B%22a%22%3A%5B%22b%22%5D%7D"},
  };
  for (const auto& [members, value, query] : cases) {
    EXPECT_EQ(url_of(with_parameter("query", members), R"({"p":)" + std::string(value) + "}"),
              "https://api.example/v1/op" + (*query != 0 ? "?" + std::string(query) : ""))
        << members << value;
  }
  EXPECT_EQ(refusal_of([] { with_parameter("query", R"("style":"matrix")"); }),
            "its parameter p has the style matrix, which is not supported there");
  EXPECT_EQ(
      failure_of(with_parameter("query", R"("style":"deepObject")"), R"({"p":{"x":{"y":1}}})"),
      "p has a value that cannot be written there");
}

TEST(Query, LetsNoMemberStandForAnotherParameter) {
  const Operation operation =
      read_one(R"("parameters":[{"name":"filter","in":"query"},{"name":"admin","in":"query"}])");
  EXPECT_EQ(failure_of(operation, R"({"filter":{"admin":"yes"}})"),
            "filter must not have a member admin, which is an argument of its own");
}

TEST(Headers, AreOneLineOfVisibleText) {
  const Operation operation = with_parameter("header", "");
  const Request request =
      make_request(operation, "https://api.example", Json::parse(R"({"p":["a","b c"]})"));
  ASSERT_EQ(request.headers.size(), 2u);
  EXPECT_EQ(request.headers[1], (std::pair<std::string, std::string>("p", "a,b c")));
  for (const char* value : {R"("a\r\nx: y")", R"("a\n")", R"("\u0000")", R"("é")", R"("\u007f")"}) {
    EXPECT_EQ(failure_of(operation, R"({"p":)" + std::string(value) + "}"),
              "p has a character that a header cannot have")
        << value;
  }
}

TEST(Body, WritesWhatWasGivenUnderTheNamesOfTheWire) {
  const auto body = [](const std::string& type, const std::string& schema,
                       const std::string& arguments, bool required = true) {
    const Operation operation =
        read_one(R"("requestBody":{"required":)" + std::string(required ? "true" : "false") +
                     R"(,"content":{")" + type + R"(":{"schema":)" + schema + "}}}",
                 "/op", "post");
    const Request request = make_request(operation, "https://api.example", Json::parse(arguments));
    return request.headers.size() > 1 ? request.headers[1].second + " " + request.body : "none";
  };
  const std::string object = R"({"properties":{"a b":{},"c":{}}})";
  EXPECT_EQ(body("application/json", object, R"({"a_b":1.50,"c":[null]})"),
            R"(application/json {"a b":1.50,"c":[null]})");
  EXPECT_EQ(body("application/json", object, "{}"), "application/json {}");
  EXPECT_EQ(body("application/json", object, "{}", false), "none");
  EXPECT_EQ(body("application/json", R"({"type":"array"})", R"({"body":[1,"x"]})"),
            R"(application/json [1,"x"])");
  EXPECT_EQ(body("text/plain", "{}", R"({"body":"héllo"})"), "text/plain héllo");
  EXPECT_EQ(body("application/x-www-form-urlencoded", object, R"({"a_b":"x y&","c":[1,"z"]})"),
            "application/x-www-form-urlencoded a%20b=x%20y%26&c=1&c=z");
  EXPECT_EQ(body("application/x-www-form-urlencoded", object, R"({"c":{"d":1}})"),
            "application/x-www-form-urlencoded c=%7B%22d%22%3A1%7D");
}

TEST(Request, HasNoAddressLongerThanTheHostSends) {
  EXPECT_EQ(failure_of(with_parameter("query", ""), R"({"p":")" + std::string(9000, 'x') + "\"}"),
            "The arguments make an address of more than 8192 bytes.");
}

}  // namespace
}  // namespace openapi
