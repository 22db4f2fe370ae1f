#include "plugins/http_request.h"

#include <gtest/gtest.h>

#include "plugins/limits.h"

namespace mcph::plugins {
namespace {

mcph_str str(std::string_view text) {
  return {text.data(), text.size()};
}

class HttpRequestCheck : public testing::Test {
 protected:
  HttpRequestCheck() {
    request.size = sizeof request;
    request.method = str("GET");
    request.url = str("https://api.example.com/x");
  }
  Result<net::HttpRequest> make() {
    request.headers = headers.data();
    request.header_count = headers.size();
    return make_http_request(request, *allowed, std::nullopt);
  }
  Code refusal() {
    const auto made = make();
    return made.ok() ? Code::kInternal : made.error().code;
  }

  Result<AllowedHosts> allowed = AllowedHosts::parse({"api.example.com"});
  std::vector<mcph_header> headers;
  mcph_http_request request{};
};

TEST_F(HttpRequestCheck, TakesOverWhatThePluginMaySet) {
  headers = {{str("X-Thing"), str("a b")}};
  request.method = str("PATCH");
  request.body = str("body");
  request.body_max = 10;
  const auto made = make();
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(made->method, Method::kPatch);
  EXPECT_EQ(made->headers.find("x-thing"), "a b");
  EXPECT_EQ(made->body, "body");
  EXPECT_EQ(made->response_bytes_max, 10u);
}

TEST_F(HttpRequestCheck, RefusesHeadersThatAreTheHosts) {
  for (const char* name : {"Authorization", "COOKIE", "Host", "Content-Length", "Transfer-Encoding",
                           "Connection", "Proxy-Authorization", "TE", "Upgrade", "traceparent"}) {
    headers = {{str(name), str("x")}};
    EXPECT_EQ(refusal(), Code::kInvalid) << name;
  }
}

TEST_F(HttpRequestCheck, RefusesHeadersThatWouldSplitTheMessage) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"X", "a\r\nEvil: 1"}, {"X", "a\nb"}, {"X", std::string_view("a\0b", 3)},
      {"X: a", "b"},         {"", "x"},     {"X\r\nEvil", "x"}};
  for (const auto& [name, value] : cases) {
    headers = {{str(name), str(value)}};
    EXPECT_EQ(refusal(), Code::kInvalid) << name;
  }
}

TEST_F(HttpRequestCheck, HasLimits) {
  headers.assign(kHttpHeadersMax + 1, {str("X"), str("y")});
  EXPECT_EQ(refusal(), Code::kLimit);
  const std::string large(kHttpHeaderBytesMax, 'a');
  headers = {{str("X"), str(large)}};
  EXPECT_EQ(refusal(), Code::kLimit);
  headers.clear();
  const std::string body(kHttpBodyBytesMax + 1, 'a');
  request.body = str(body);
  EXPECT_EQ(refusal(), Code::kLimit);
  request.body = {};
  request.body_max = UINT64_MAX;
  EXPECT_EQ(make()->response_bytes_max, kHttpAnswerBytesMax);
  const std::string url = "https://api.example.com/" + std::string(kHttpUrlBytesMax, 'a');
  request.url = str(url);
  EXPECT_EQ(refusal(), Code::kLimit);
}

TEST_F(HttpRequestCheck, RefusesWrongMethodsAndNullPointers) {
  for (const char* method : {"", "get", "CONNECT", "TRACE", "GET "}) {
    request.method = str(method);
    EXPECT_EQ(refusal(), Code::kInvalid) << method;
  }
  request.method = str("GET");
  EXPECT_TRUE(make().ok());
  request.headers = nullptr;
  request.header_count = 3;
  EXPECT_FALSE(make_http_request(request, *allowed, {}).ok());
}

}  // namespace
}  // namespace mcph::plugins
