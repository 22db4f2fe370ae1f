#include "net/request_check.h"

#include <gtest/gtest.h>

#include <string>

namespace mcph::net {
namespace {

HttpRequest request_to(std::string url) {
  HttpRequest request;
  request.url = std::move(url);
  return request;
}

HttpRequest with_header(std::string_view name, std::string_view value) {
  HttpRequest request = request_to("https://api.example/");
  request.headers.add(name, value);
  return request;
}

TEST(CheckRequest, AcceptsAnOrdinaryRequest) {
  HttpRequest request = with_header("Accept", "application/json;q=0.9, */*\t;q=0.1");
  request.authorization = Secret(std::string("Bearer abc"));
  EXPECT_TRUE(check_request(request).ok());
}

TEST(CheckRequest, RefusesUrlsThatAreNotPlainHttp) {
  for (const char* url :
       {"file:///etc/passwd", "ftp://a.example/", "gopher://a.example/", "/path", "",
        "https:///nohost", "https://user:pw@a.example/", "https://a.example/ b",
        "https://a.example/\r\nX: y", "https://a.example/\n", "https://a.example:99999/"}) {
    const auto checked = check_request(request_to(url));
    ASSERT_FALSE(checked.ok()) << url;
    EXPECT_EQ(checked.error().code, Code::kInvalid) << url;
  }
  EXPECT_FALSE(check_request(request_to(std::string("https://a.example/\0b", 20))).ok());
  EXPECT_FALSE(check_request(request_to("https://a.example/" + std::string(9000, 'a'))).ok());
}

TEST(CheckRequest, RefusesValuesThatCouldEndTheirLine) {
  for (const std::string& value : {std::string("a\r\nX: y"), std::string("a\nb"), std::string("\r"),
                                   std::string("a\0b", 3), std::string("\x7f")}) {
    EXPECT_FALSE(check_request(with_header("X-Test", value)).ok());
    HttpRequest request = request_to("https://api.example/");
    request.authorization = Secret(value);
    EXPECT_FALSE(check_request(request).ok());
  }
}

TEST(CheckRequest, RefusesNamesThatAreNoTokens) {
  for (const char* name : {"", "a b", "a:", "a\r\nb", "é", "(a)"}) {
    EXPECT_FALSE(check_request(with_header(name, "v")).ok()) << name;
  }
}

TEST(CheckRequest, RefusesFieldsThatDecideFramingOrRouting) {
  for (const char* name : {"Content-Length", "transfer-encoding", "Connection", "HOST", "Expect",
                           "Upgrade", "TE", "Authorization", "Proxy-Authorization"}) {
    EXPECT_FALSE(check_request(with_header(name, "1")).ok()) << name;
  }
}

TEST(CheckRequest, RefusesAHeaderThatNoServerWouldTake) {
  EXPECT_FALSE(check_request(with_header("X-Large", std::string(40'000, 'a'))).ok());
}

TEST(CheckRequest, RefusesAnUnknownMethod) {
  HttpRequest request = request_to("https://api.example/");
  request.method = Method::kOther;
  EXPECT_FALSE(check_request(request).ok());
}

}  // namespace
}  // namespace mcph::net
