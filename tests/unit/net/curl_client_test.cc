#include "net/curl_client.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "fakes/raw_http_server.h"

namespace mcph::net {
namespace {

using fakes::RawHttpServer;
using Connection = RawHttpServer::Connection;

class CurlClientTest : public ::testing::Test {
 protected:
  HttpRequest get(const std::string& url) {
    HttpRequest request;
    request.url = url;
    request.timeout_ms = 10'000;
    request.tag = "test";
    return request;
  }

  HttpRequest post(const std::string& url, std::string body) {
    HttpRequest request = get(url);
    request.method = Method::kPost;
    request.body = std::move(body);
    return request;
  }

  SystemClock clock_;
  Log log_{clock_, 2, LogLevel::kError};
  CurlClient client_{CurlOptions{}, log_};
};

TEST_F(CurlClientTest, DeliversStatusHeadersAndBody) {
  RawHttpServer server(RawHttpServer::always(
      "HTTP/1.1 404 Nothing\r\nX-One:  1 \r\nx-one: 2\r\nContent-Length: 3\r\n\r\nabc"));
  const auto response = client_.send(get(server.url("/there?x=1")));
  ASSERT_TRUE(response.ok()) << response.error().detail;
  EXPECT_EQ(response->status, 404);
  EXPECT_EQ(response->headers.find("X-ONE"), "1");
  EXPECT_EQ(response->headers.count("x-one"), 2u);
  EXPECT_EQ(response->body, "abc");
}

TEST_F(CurlClientTest, SendsExactlyWhatTheCallerSaid) {
  std::promise<std::string> seen;
  RawHttpServer server([&](Connection& connection) {
    seen.set_value(connection.read_request().value_or(""));
    connection.write(RawHttpServer::ok(""));
  });
  HttpRequest request = post(server.url("/a/../b?c=%20"), "x=1&y=2");
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.headers.add("X-Empty", "");
  request.authorization = Secret(std::string("Bearer t0ken"));
  ASSERT_TRUE(client_.send(std::move(request)).ok());
  const std::string text = seen.get_future().get();
  EXPECT_TRUE(text.starts_with("POST /a/../b?c=%20 HTTP/1.1\r\n")) << text;
  EXPECT_NE(text.find("\r\nAuthorization: Bearer t0ken\r\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\r\nContent-Type: application/x-www-form-urlencoded\r\n"),
            std::string::npos);
  EXPECT_NE(text.find("\r\nX-Empty:\r\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\r\nContent-Length: 7\r\n"), std::string::npos);
  EXPECT_EQ(text.find("Expect"), std::string::npos);
  EXPECT_EQ(text.find("Accept-Encoding"), std::string::npos);
  EXPECT_TRUE(text.ends_with("\r\n\r\nx=1&y=2")) << text;
}

TEST_F(CurlClientTest, ForgetsTheRequestBeforeOnTheSameHandle) {
  std::mutex mutex;
  std::vector<std::string> seen;
  RawHttpServer server([&](Connection& connection) {
    while (auto request = connection.read_request()) {
      {
        const std::lock_guard lock(mutex);
        seen.push_back(*request);
      }
      connection.write(RawHttpServer::ok(""));
    }
  });
  HttpRequest first = post(server.url("/first"), "secret body");
  first.authorization = Secret(std::string("Bearer t0ken"));
  first.headers.add("X-First", "1");
  ASSERT_TRUE(client_.send(std::move(first)).ok());
  ASSERT_TRUE(client_.send(get(server.url("/second"))).ok());
  HttpRequest head = get(server.url("/third"));
  head.method = Method::kDelete;
  ASSERT_TRUE(client_.send(std::move(head)).ok());
  ASSERT_TRUE(client_.send(post(server.url("/fourth"), "")).ok());
  ASSERT_EQ(seen.size(), 4u);
  EXPECT_TRUE(seen[1].starts_with("GET /second "));
  EXPECT_TRUE(seen[2].starts_with("DELETE /third "));
  EXPECT_TRUE(seen[3].starts_with("POST /fourth "));
  EXPECT_NE(seen[3].find("Content-Length: 0\r\n"), std::string::npos);
  for (std::size_t i = 1; i < seen.size(); ++i) {
    EXPECT_EQ(seen[i].find("t0ken"), std::string::npos);
    EXPECT_EQ(seen[i].find("X-First"), std::string::npos);
    EXPECT_EQ(seen[i].find("secret body"), std::string::npos);
  }
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(CurlClientTest, AnswersAHeadRequestWithoutWaitingForABody) {
  RawHttpServer server(RawHttpServer::always("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"));
  HttpRequest request = get(server.url());
  request.method = Method::kHead;
  const auto response = client_.send(std::move(request));
  ASSERT_TRUE(response.ok()) << response.error().detail;
  EXPECT_EQ(response->body, "");
}

TEST_F(CurlClientTest, ReadsChunkedBodiesAndIgnoresTrailers) {
  RawHttpServer server(RawHttpServer::always(
      "HTTP/1.1 103 Early\r\nX-Early: 1\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
      "\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: 1\r\n\r\n"));
  const auto response = client_.send(get(server.url()));
  ASSERT_TRUE(response.ok()) << response.error().detail;
  EXPECT_EQ(response->body, "abcde");
  EXPECT_FALSE(response->headers.find("X-Trailer").has_value());
  EXPECT_FALSE(response->headers.find("X-Early").has_value());
}

TEST_F(CurlClientTest, KeepsConnectionsAlive) {
  RawHttpServer server(RawHttpServer::always(RawHttpServer::ok("hello")));
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(client_.send(get(server.url())).ok());
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(CurlClientTest, NeverFollowsARedirect) {
  RawHttpServer server(RawHttpServer::always(
      "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"));
  const auto response = client_.send(get(server.url()));
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->status, 302);
}

TEST_F(CurlClientTest, IgnoresTheProxyOfTheEnvironment) {
  setenv("http_proxy", "http://127.0.0.1:1", 1);
  setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
  RawHttpServer server(RawHttpServer::always(RawHttpServer::ok("direct")));
  CurlClient client(CurlOptions{}, log_);
  const auto response = client.send(get(server.url()));
  unsetenv("http_proxy");
  unsetenv("ALL_PROXY");
  ASSERT_TRUE(response.ok()) << response.error().detail;
  EXPECT_EQ(response->body, "direct");
}

TEST_F(CurlClientTest, TimesOutWhenTheServerSaysNothing) {
  RawHttpServer server([](Connection& connection) {
    connection.read_request();
    connection.read_request();
  });
  HttpRequest request = get(server.url("/?token=hidden"));
  request.timeout_ms = 100;
  const auto response = client_.send(std::move(request));
  ASSERT_FALSE(response.ok());
  EXPECT_EQ(response.error().code, Code::kTimeout);
  EXPECT_EQ(response.error().detail.find("hidden"), std::string::npos);
}

TEST_F(CurlClientTest, TimesOutWhenTheServerTrickles) {
  RawHttpServer server([](Connection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
    while (connection.write("x")) std::this_thread::sleep_for(Milliseconds(5));
  });
  HttpRequest request = get(server.url());
  request.timeout_ms = 150;
  const auto response = client_.send(std::move(request));
  ASSERT_FALSE(response.ok());
  EXPECT_EQ(response.error().code, Code::kTimeout);
}

TEST_F(CurlClientTest, HonoursTheEarlierOfDeadlineAndTimeout) {
  RawHttpServer server([](Connection& connection) {
    connection.read_request();
    connection.read_request();
  });
  HttpRequest request = get(server.url());
  request.timeout_ms = 60'000;
  request.deadline = std::chrono::steady_clock::now() + Milliseconds(50);
  EXPECT_EQ(client_.send(std::move(request)).error().code, Code::kTimeout);
  request = get(server.url());
  request.deadline = std::chrono::steady_clock::now() - Seconds(1);
  EXPECT_EQ(client_.send(std::move(request)).error().code, Code::kTimeout);
}

TEST_F(CurlClientTest, TimesOutWhileWaitingForAFreeConnection) {
  CurlOptions options;
  options.connections_per_host_max = 1;
  CurlClient client(options, log_);
  RawHttpServer server([](Connection& connection) {
    connection.read_request();
    connection.read_request();
  });
  std::promise<Code> first;
  HttpRequest slow = get(server.url());
  slow.timeout_ms = 2'000;
  const auto running =
      client.start(std::move(slow), [&](auto result) { first.set_value(result.error().code); });
  HttpRequest second = get(server.url());
  second.timeout_ms = 100;
  EXPECT_EQ(client.send(std::move(second)).error().code, Code::kTimeout);
  EXPECT_LE(server.connections(), 1);
  running->cancel();
  EXPECT_EQ(first.get_future().get(), Code::kUnavailable);
}

TEST_F(CurlClientTest, SaysUnavailableWhenNobodyListens) {
  std::string url;
  { url = RawHttpServer(RawHttpServer::always("")).url(); }
  const auto response = client_.send(get(url));
  ASSERT_FALSE(response.ok());
  EXPECT_EQ(response.error().code, Code::kUnavailable);
}

TEST_F(CurlClientTest, SaysUnavailableWhenTheConnectionBreaks) {
  for (const bool hard : {false, true}) {
    for (const char* begin : {"", "HTTP/1.1 200 OK\r\nContent-Le",
                              "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"}) {
      RawHttpServer server([&](Connection& connection) {
        connection.read_request();
        connection.write(begin);
        if (hard) connection.reset();
      });
      const auto response = client_.send(get(server.url()));
      ASSERT_FALSE(response.ok()) << begin;
      EXPECT_EQ(response.error().code, Code::kUnavailable) << begin;
    }
  }
}

TEST_F(CurlClientTest, SaysUnavailableWhenTheAnswerIsNotHttp) {
  RawHttpServer server([](Connection& connection) {
    connection.read_request();
    connection.write("220 mail.example ESMTP\r\n\r\n");
  });
  EXPECT_EQ(client_.send(get(server.url())).error().code, Code::kUnavailable);
}

// Answers the first request of a connection and hangs up on the second, counting what it read.
RawHttpServer::Script one_answer_then_hang_up(std::atomic<int>& requests) {
  return [&requests](Connection& connection) {
    for (int i = 0; connection.read_request(); ++i) {
      ++requests;
      if (i == 1) return;
      connection.write(RawHttpServer::ok(""));
    }
  };
}

TEST_F(CurlClientTest, NeverSendsAPostTwice) {
  std::atomic<int> requests{0};
  RawHttpServer server(one_answer_then_hang_up(requests));
  ASSERT_TRUE(client_.send(post(server.url(), "1")).ok());
  const auto second = client_.send(post(server.url(), "2"));
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, Code::kUnavailable);
  EXPECT_EQ(requests.load(), 2);
}

TEST_F(CurlClientTest, SendsAGetAgainOnAFreshConnection) {
  std::atomic<int> requests{0};
  RawHttpServer server(one_answer_then_hang_up(requests));
  ASSERT_TRUE(client_.send(get(server.url())).ok());
  EXPECT_TRUE(client_.send(get(server.url())).ok());
  EXPECT_EQ(requests.load(), 3);
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(CurlClientTest, UsesAFreshConnectionWhenTheServerClosedTheKeptOne) {
  RawHttpServer server([](Connection& connection) {
    connection.read_request();
    connection.write(RawHttpServer::ok(""));
  });
  for (int i = 1; i <= 3; ++i) {
    ASSERT_TRUE(client_.send(post(server.url(), "x")).ok());
    std::this_thread::sleep_for(Milliseconds(20));  // lets the FIN arrive
  }
  EXPECT_EQ(server.connections(), 3);
}

TEST_F(CurlClientTest, StopsReadingWhenTheAnswerIsTooLarge) {
  const std::string big(5000, 'x');
  for (const std::string& answer :
       {RawHttpServer::ok(big), "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + big,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\n" + big + "\r\n0\r\n\r\n"}) {
    RawHttpServer server([&](Connection& connection) {
      connection.read_request();
      connection.write(answer);
    });
    HttpRequest request = get(server.url());
    request.response_bytes_max = 4999;
    EXPECT_EQ(client_.send(std::move(request)).error().code, Code::kLimit);
    request = get(server.url());
    request.response_bytes_max = 5000;
    EXPECT_TRUE(client_.send(std::move(request)).ok());
  }
}

TEST_F(CurlClientTest, StopsReadingWhenTheHeaderIsTooLarge) {
  std::string answer = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 100; ++i) answer += "X-Fill: " + std::string(500, 'a') + "\r\n";
  RawHttpServer server(RawHttpServer::always(answer + "Content-Length: 0\r\n\r\n"));
  EXPECT_EQ(client_.send(get(server.url())).error().code, Code::kLimit);
}

TEST_F(CurlClientTest, RefusesABadRequestWithoutSendingIt) {
  RawHttpServer server(RawHttpServer::always(RawHttpServer::ok("")));
  HttpRequest request = get(server.url());
  request.headers.add("X-Test", "a\r\nX-Injected: 1");
  EXPECT_EQ(client_.send(std::move(request)).error().code, Code::kInvalid);
  EXPECT_EQ(client_.send(get("file:///etc/passwd")).error().code, Code::kInvalid);
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(CurlClientTest, CancelsARunningRequest) {
  std::promise<void> arrived;
  std::promise<bool> hung_up;
  RawHttpServer server([&](Connection& connection) {
    connection.read_request();
    arrived.set_value();
    hung_up.set_value(!connection.read_request().has_value());
  });
  std::promise<Code> ended;
  const auto running =
      client_.start(get(server.url()), [&](auto result) { ended.set_value(result.error().code); });
  arrived.get_future().wait();
  running->cancel();
  EXPECT_EQ(ended.get_future().get(), Code::kUnavailable);
  EXPECT_TRUE(hung_up.get_future().get());
  running->cancel();  // harmless
}

TEST_F(CurlClientTest, CancelAfterTheAnswerIsHarmlessEvenWhenTheClientIsGone) {
  RawHttpServer server(RawHttpServer::always(RawHttpServer::ok("")));
  std::shared_ptr<RunningRequest> running;
  {
    CurlClient client(CurlOptions{}, log_);
    std::promise<bool> ended;
    running = client.start(get(server.url()), [&](auto result) { ended.set_value(result.ok()); });
    EXPECT_TRUE(ended.get_future().get());
    running->cancel();
  }
  running->cancel();
}

TEST_F(CurlClientTest, EndsWhatIsUnderWayWhenItGoes) {
  RawHttpServer server([](Connection& connection) {
    connection.read_request();
    connection.read_request();
  });
  std::atomic<int> unavailable{0};
  {
    CurlClient client(CurlOptions{}, log_);
    for (int i = 0; i < 10; ++i) {
      client.start(get(server.url()), [&](auto result) {
        unavailable += !result.ok() && result.error().code == Code::kUnavailable ? 1 : 0;
      });
    }
  }
  EXPECT_EQ(unavailable.load(), 10);
}

TEST_F(CurlClientTest, RefusesAtOnceWhenTooManyAreUnderWay) {
  CurlOptions options;
  options.requests_max = 2;
  CurlClient client(options, log_);
  RawHttpServer server([](Connection& connection) {
    connection.read_request();
    connection.read_request();
  });
  client.start(get(server.url()), [](auto) {});
  client.start(get(server.url()), [](auto) {});
  bool refused = false;
  client.start(get(server.url()), [&](auto result) { refused = !result.ok(); });
  EXPECT_TRUE(refused);
}

TEST_F(CurlClientTest, StartsRequestsFromItsOwnCallback) {
  RawHttpServer server(RawHttpServer::always(RawHttpServer::ok("x")));
  std::promise<bool> second;
  client_.start(get(server.url()), [&](auto) {
    client_.start(get(server.url()), [&](auto result) { second.set_value(result.ok()); });
  });
  EXPECT_TRUE(second.get_future().get());
}

TEST_F(CurlClientTest, ServesManyThreadsWithinItsConnectionCap) {
  for (const std::size_t network_threads : {1u, 2u}) {
    CurlOptions options;
    options.threads = network_threads;
    options.connections_per_host_max = 8;
    CurlClient client(options, log_);
    RawHttpServer server([](Connection& connection) {
      while (auto request = connection.read_request()) {
        const std::size_t end = request->find(" HTTP/1.1");
        connection.write(RawHttpServer::ok(request->substr(4, end - 4)));
      }
    });
    std::atomic<int> right{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 32; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < 50; ++i) {
          const std::string path = "/" + std::to_string(t) + "/" + std::to_string(i);
          const auto response = client.send(get(server.url(path)));
          right += response.ok() && response->body == path ? 1 : 0;
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(right.load(), 32 * 50);
    EXPECT_LE(server.connections(), 8);
  }
}

}  // namespace
}  // namespace mcph::net
