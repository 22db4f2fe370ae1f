// Leaving in order.
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "transport/support/raw_client.h"
#include "transport/support/test_server.h"

namespace mcph::http::test {
namespace {

TEST(Drain, OfAnIdleServerClosesEverythingAtOnce) {
  TestServer server(echo);
  std::list<RawClient> clients;
  for (int i = 0; i < 20; ++i) {
    clients.emplace_back(server.port());
    if (i % 2 == 0) {
      ASSERT_TRUE(clients.back().get("/"));
    }
  }
  ASSERT_TRUE(eventually([&] { return server->stats().connections_open == 20; }));
  EXPECT_TRUE(server->drain(Seconds(5)));
  for (RawClient& client : clients) EXPECT_TRUE(client.sees_end());
  EXPECT_FALSE(RawClient(server.port()).connected());
}

TEST(Drain, LetsAPendingAnswerFinishAndClosesBehindIt) {
  std::mutex mutex;
  ExchangePtr pending;
  TestServer server([&](Request, ExchangePtr exchange) {
    const std::lock_guard lock(mutex);
    pending = std::move(exchange);
  });
  RawClient client(server.port());
  ASSERT_TRUE(client.send(make_get("/")));
  ASSERT_TRUE(eventually([&] {
    const std::lock_guard lock(mutex);
    return pending != nullptr;
  }));
  std::thread later([&] {
    std::this_thread::sleep_for(Milliseconds(100));
    const std::lock_guard lock(mutex);
    pending->respond(text_response("finished"));
    pending.reset();
  });
  std::thread drain([&] { EXPECT_TRUE(server->drain(Seconds(5))); });
  const auto reply = client.read_reply();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->body, "finished");
  EXPECT_EQ(reply->headers.find("connection"), "close");
  EXPECT_TRUE(client.sees_end());
  client.close();
  later.join();
  drain.join();
}

TEST(Drain, LetsARequestThatHasBegunArriveAndAnswersIt) {
  TestServer server(echo);
  RawClient client(server.port());
  ASSERT_TRUE(client.get("/first"));
  ASSERT_TRUE(client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhe"));
  std::this_thread::sleep_for(Milliseconds(50));
  std::thread drain([&] { EXPECT_TRUE(server->drain(Seconds(5))); });
  std::this_thread::sleep_for(Milliseconds(50));
  ASSERT_TRUE(client.send("llo"));
  const auto reply = client.read_reply();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->body, echo_of("POST", "/a", "hello"));
  EXPECT_TRUE(client.sees_end());
  client.close();
  drain.join();
}

TEST(Drain, EndsListeningStreamsWithAHintAndLetsAnsweringOnesFinish) {
  std::mutex mutex;
  std::shared_ptr<EventStream> listening;
  std::shared_ptr<EventStream> answering;
  std::atomic<int> gone{0};
  TestServer server([&](Request request, ExchangePtr exchange) {
    const std::lock_guard lock(mutex);
    if (request.method == Method::kGet) {
      exchange->on_client_gone([&] { ++gone; });
      listening = exchange->open_stream({});
    } else {
      answering = exchange->open_stream({});
    }
  });
  RawClient listener(server.port());
  ASSERT_TRUE(listener.send(make_get("/")));
  ASSERT_TRUE(listener.read_until("\r\n\r\n"));
  RawClient caller(server.port());
  ASSERT_TRUE(caller.send(make_post("/", "{}")));
  ASSERT_TRUE(caller.read_until("\r\n\r\n"));

  std::thread drain([&] { EXPECT_TRUE(server->drain(Seconds(5))); });
  const auto rest = listener.read_to_end();
  ASSERT_TRUE(rest);
  EXPECT_NE(rest->find("retry: "), std::string::npos);
  EXPECT_TRUE(rest->ends_with("0\r\n\r\n"));  // in order
  listener.close();
  EXPECT_EQ(gone, 1);
  {
    const std::lock_guard lock(mutex);
    EXPECT_FALSE(listening->send("data: late\n\n"));
    EXPECT_TRUE(answering->send("data: result\n\n"));
    answering->close();
  }
  const auto result = caller.read_to_end();
  ASSERT_TRUE(result);
  EXPECT_NE(result->find("data: result"), std::string::npos);
  EXPECT_TRUE(result->ends_with("0\r\n\r\n"));
  caller.close();
  drain.join();
}

TEST(Drain, GivesUpWhenTheTimeIsOver) {
  std::atomic<bool> waiting{false};
  ExchangePtr kept;
  TestServer server([&](Request, ExchangePtr exchange) {
    kept = std::move(exchange);
    waiting = true;
  });
  RawClient client(server.port());
  ASSERT_TRUE(client.send(make_get("/")));
  ASSERT_TRUE(eventually([&] { return waiting.load(); }));
  EXPECT_FALSE(server->drain(Milliseconds(100)));
  server->stop();
  EXPECT_TRUE(client.sees_end());
}

TEST(Stop, WithoutStartOrTwiceDoesNoHarm) {
  const SystemClock clock;
  const Log log(clock, STDERR_FILENO, LogLevel::kError);
  auto server = Server::create(make_test_options(), echo, clock, log);
  ASSERT_TRUE(server.ok());
  server.value()->stop();
  server.value()->stop();
}

TEST(Stop, UnderLoadLosesNoThread) {
  Executor executor("later", 4, 10'000);
  for (int round = 0; round < 5; ++round) {
    TestServer server([&](Request, ExchangePtr exchange) {
      ASSERT_TRUE(executor.submit([exchange] { exchange->respond(text_response("x")); }));
    });
    std::list<RawClient> clients;
    for (int i = 0; i < 50; ++i) {
      clients.emplace_back(server.port());
      clients.back().send(make_get("/") + make_get("/") + make_get("/"));
    }
    server->stop();
  }
}

}  // namespace
}  // namespace mcph::http::test
