#include "net/fetch_json.h"

#include <gtest/gtest.h>

#include "base/time.h"
#include "fakes/raw_http_server.h"
#include "net/curl_client.h"

namespace mcph::net {
namespace {

using fakes::RawHttpServer;

class FetchJson : public ::testing::Test {
 protected:
  Result<JsonDocument> fetch(const std::string& answer, std::size_t bytes_max = 1024) {
    RawHttpServer server(RawHttpServer::always(answer));
    HttpRequest request;
    request.url = server.url();
    request.response_bytes_max = bytes_max;
    request.tag = "keys";
    return fetch_json(client_, std::move(request));
  }

  SystemClock clock_;
  Log log_{clock_, 2, LogLevel::kError};
  CurlClient client_{CurlOptions{}, log_};
};

TEST_F(FetchJson, ReturnsTheDocumentAndItsLifetime) {
  const auto document = fetch(RawHttpServer::ok(
      R"({"keys":[]})",
      "Content-Type: application/json; charset=utf-8\r\nCache-Control: public, max-age=300\r\n"));
  ASSERT_TRUE(document.ok()) << document.error().detail;
  EXPECT_EQ(document->text, R"({"keys":[]})");
  EXPECT_NE(find_array(document->value.as_object(), "keys"), nullptr);
  EXPECT_EQ(document->max_age, Seconds{300});
}

TEST_F(FetchJson, TakesAnyJsonMediaType) {
  EXPECT_TRUE(fetch(RawHttpServer::ok("{}", "Content-Type: application/jwk-set+json\r\n")).ok());
}

TEST_F(FetchJson, TreatsEverythingElseAsUnavailable) {
  const std::string type = "Content-Type: application/json\r\n";
  for (const std::string& answer :
       {RawHttpServer::ok("{}", "Content-Type: text/html\r\n"), RawHttpServer::ok("{}"),
        RawHttpServer::ok("{\"a\":", type), RawHttpServer::ok("", type),
        RawHttpServer::ok("{} {}", type),
        std::string(
            "HTTP/1.1 503 No\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"),
        std::string(
            "HTTP/1.1 302 No\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")}) {
    const auto document = fetch(answer);
    ASSERT_FALSE(document.ok()) << answer;
    EXPECT_EQ(document.error().code, Code::kUnavailable) << answer;
  }
}

TEST_F(FetchJson, RefusesALargeDocument) {
  const auto document = fetch(
      RawHttpServer::ok('"' + std::string(2000, 'a') + '"', "Content-Type: application/json\r\n"));
  ASSERT_FALSE(document.ok());
  EXPECT_EQ(document.error().code, Code::kLimit);
}

TEST(ParseMaxAge, ReadsTheDirective) {
  EXPECT_EQ(parse_max_age("max-age=60"), Seconds{60});
  EXPECT_EQ(parse_max_age("public , Max-Age=3600, must-revalidate"), Seconds{3600});
  EXPECT_EQ(parse_max_age("s-maxage=9"), std::nullopt);
  EXPECT_EQ(parse_max_age(""), std::nullopt);
  EXPECT_EQ(parse_max_age("max-age=60, no-store"), Seconds{0});
  EXPECT_EQ(parse_max_age("no-cache"), Seconds{0});
}

TEST(ParseMaxAge, IgnoresWhatIsNoNumberOfSeconds) {
  for (const char* value : {"max-age=", "max-age=-1", "max-age=1x", "max-age=99999999999999999999",
                            "max-age = 5", "max-age"}) {
    EXPECT_EQ(parse_max_age(value), std::nullopt) << value;
  }
}

}  // namespace
}  // namespace mcph::net
