// Threat 13: a stranger names a URL, and we fetch it. Real sockets where it is about sockets.
#include "client_documents/guarded_fetcher.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "client_documents/limits.h"
#include "fakes/fake_http_client.h"
#include "fakes/raw_http_server.h"
#include "net/curl_client.h"
#include "support/fake_clock.h"

namespace mcph::client_documents {
namespace {

using fakes::http_answer;

class GuardedFetcherTest : public testing::Test {
 protected:
  test::FakeClock clock_;
  std::function<Result<net::HttpResponse>(const net::HttpRequest&)> web_ = [](const auto&) {
    return Result<net::HttpResponse>(http_answer(200, "{}", "max-age=60"));
  };
  fakes::FakeHttpClient http_{[this](const net::HttpRequest& request) { return web_(request); }};
  GuardedFetcher fetcher_{http_, clock_};

  Code code_of(const std::string& url) {
    const auto fetched = fetcher_.fetch(url);
    EXPECT_FALSE(fetched.ok());
    return fetched.ok() ? Code::kInternal : fetched.error().code;
  }
};

TEST_F(GuardedFetcherTest, BringsADocumentAndHowLongItMayBeKept) {
  const auto fetched = fetcher_.fetch("https://client.example/a");
  ASSERT_TRUE(fetched.ok());
  EXPECT_EQ(fetched->body, "{}");
  EXPECT_EQ(fetched->max_age, Seconds{60});
}

TEST_F(GuardedFetcherTest, AsksBrieflyAndForLittle) {
  ASSERT_TRUE(fetcher_.fetch("https://client.example/a").ok());
  const auto request = http_.requests().at(0);
  EXPECT_EQ(request.method, Method::kGet);
  EXPECT_EQ(request.timeout_ms, 5'000);
  EXPECT_EQ(request.response_bytes_max, 5u * 1024);
  EXPECT_TRUE(request.authorization.empty());
  EXPECT_EQ(request.headers.size(), 1u) << "nothing of ours goes to a stranger";
}

TEST_F(GuardedFetcherTest, FollowsNoRedirectAndTakesNothingButJson) {
  int path = 0;
  for (const int status : {201, 204, 301, 302, 303, 307, 308, 400, 401, 404, 410}) {
    web_ = [status](const auto&) { return Result<net::HttpResponse>(http_answer(status, "{}")); };
    EXPECT_EQ(code_of("https://client.example/" + std::to_string(++path)), Code::kInvalid)
        << status;
  }
  EXPECT_EQ(http_.requests().size(), 11u);
  for (const char* type : {"text/html", "text/plain", "application/jsonp", ""}) {
    web_ = [type](const auto&) {
      net::HttpResponse response;
      response.status = 200;
      response.headers.add("Content-Type", type);
      response.body = "{}";
      return Result<net::HttpResponse>(std::move(response));
    };
    EXPECT_EQ(code_of("https://other.example/" + std::to_string(++path)), Code::kInvalid) << type;
  }
}

TEST_F(GuardedFetcherTest, TellsTroubleFromAbsence) {
  for (const int status : {429, 500, 503}) {
    web_ = [status](const auto&) { return Result<net::HttpResponse>(http_answer(status, "{}")); };
    EXPECT_EQ(code_of("https://client.example/" + std::to_string(status)), Code::kUnavailable);
  }
}

TEST_F(GuardedFetcherTest, DoesNotTryAgainAtOnceWhatFailed) {
  web_ = [](const auto&) { return Result<net::HttpResponse>(http_answer(404, "")); };
  EXPECT_EQ(code_of("https://client.example/a"), Code::kInvalid);
  EXPECT_EQ(code_of("https://client.example/a"), Code::kUnavailable);
  EXPECT_EQ(http_.requests().size(), 1u);
  EXPECT_EQ(code_of("https://client.example/b"), Code::kInvalid) << "another document of the host";
  clock_.advance(limits::kBackoff);
  EXPECT_EQ(code_of("https://client.example/a"), Code::kInvalid);
}

// Or anyone could make this host flood another.
TEST_F(GuardedFetcherTest, AsksAHostOnlySoOftenAMinute) {
  for (std::size_t i = 0; i < limits::kFetchesPerMinute; ++i) {
    EXPECT_TRUE(fetcher_.fetch("https://victim.example/" + std::to_string(i)).ok());
  }
  EXPECT_EQ(code_of("https://victim.example/one-more"), Code::kUnavailable);
  EXPECT_TRUE(fetcher_.fetch("https://other.example/").ok());
  clock_.advance(Seconds{61});
  EXPECT_TRUE(fetcher_.fetch("https://victim.example/one-more").ok());
}

TEST_F(GuardedFetcherTest, AsksAHostOneThingAtATime) {
  std::atomic<int> running{0}, most{0};
  web_ = [&](const auto&) {
    most = std::max(most.load(), ++running);
    std::this_thread::sleep_for(Milliseconds{5});
    --running;
    return Result<net::HttpResponse>(http_answer(200, "{}"));
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      EXPECT_TRUE(fetcher_.fetch("https://client.example/" + std::to_string(i)).ok());
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(most, 1);
}

// The real client, which judges the address it is about to connect to.
class OnTheWire : public testing::Test {
 protected:
  Result<oauth::ClientDocument> fetch(const std::string& url, net::Reach reach) {
    net::CurlOptions options;
    options.reach = reach;
    net::CurlClient http(options, log_);
    return GuardedFetcher(http, clock_).fetch(url);
  }
  static std::string answer(const std::string& body) {
    return fakes::RawHttpServer::ok(body, "Content-Type: application/json\r\n");
  }
  test::FakeClock clock_;
  const Log log_{clock_, STDERR_FILENO, LogLevel::kError};
};

TEST_F(OnTheWire, NeverConnectsToThisMachineHoweverItIsSpelled) {
  fakes::RawHttpServer server(fakes::RawHttpServer::always(answer("{}")));
  const std::string port = server.url("").substr(server.url("").rfind(':'));
  for (const char* host : {"127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0.0.0.0",
                           "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"}) {
    EXPECT_FALSE(fetch("http://" + std::string(host) + port, net::Reach::kPublic).ok()) << host;
  }
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(OnTheWire, ReachesThisMachineInDevelopment) {
  fakes::RawHttpServer server(fakes::RawHttpServer::always(answer("{}")));
  const auto fetched = fetch(server.url("/a"), net::Reach::kPublicAndLoopback);
  ASSERT_TRUE(fetched.ok()) << fetched.error().message;
  EXPECT_EQ(fetched->body, "{}");
}

TEST_F(OnTheWire, StopsReadingWhatIsTooLarge) {
  fakes::RawHttpServer server(fakes::RawHttpServer::always(answer(std::string(5 * 1024 + 1, ' '))));
  const auto fetched = fetch(server.url("/a"), net::Reach::kPublicAndLoopback);
  ASSERT_FALSE(fetched.ok());
  EXPECT_EQ(fetched.error().code, Code::kLimit);
}

TEST_F(OnTheWire, DoesNotGoWhereARedirectPoints) {
  fakes::RawHttpServer target(fakes::RawHttpServer::always(answer("{}")));
  fakes::RawHttpServer server(fakes::RawHttpServer::always(
      "HTTP/1.1 302 Found\r\nLocation: " + target.url("/") + "\r\nContent-Length: 0\r\n\r\n"));
  EXPECT_FALSE(fetch(server.url("/a"), net::Reach::kPublicAndLoopback).ok());
  EXPECT_EQ(target.connections(), 0);
}

}  // namespace
}  // namespace mcph::client_documents
