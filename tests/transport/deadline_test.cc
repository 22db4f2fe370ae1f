// Clients that take their time.
#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "transport/support/raw_client.h"
#include "transport/support/test_server.h"

namespace mcph::http::test {
namespace {

TEST(Deadline, AHeadThatDoesNotCompleteIsAnswered408) {
  ServerOptions options = make_test_options();
  options.timeouts.head = Milliseconds(100);
  TestServer server(echo, options);
  RawClient client(server.port());
  ASSERT_TRUE(client.send("GET /a HTTP/1.1\r\nHost: h\r\n"));
  const auto reply = client.read_reply();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 408);
  EXPECT_EQ(reply->headers.find("connection"), "close");
  EXPECT_TRUE(client.sees_end());
}

TEST(Deadline, AHeadThatTricklesIsAnswered408InTotalTime) {
  ServerOptions options = make_test_options();
  options.timeouts.head = Milliseconds(200);
  TestServer server(echo, options);
  RawClient client(server.port());
  std::thread trickle([&client] {
    for (int i = 0; i < 100 && client.send("X"); ++i) {
      std::this_thread::sleep_for(Milliseconds(20));
    }
  });
  const auto reply = client.read_reply();
  trickle.join();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 408);
}

TEST(Deadline, ASecondHeadThatDoesNotCompleteIsAnswered408) {
  ServerOptions options = make_test_options();
  options.timeouts.head = Milliseconds(100);
  TestServer server(echo, options);
  RawClient client(server.port());
  ASSERT_TRUE(client.send(make_get("/a") + "GET /b HT"));
  EXPECT_EQ(client.read_reply()->status, 200);
  EXPECT_EQ(client.read_reply()->status, 408);
}

TEST(Deadline, ABodyThatDoesNotCompleteIsAnswered408) {
  ServerOptions options = make_test_options();
  options.timeouts.body = Milliseconds(100);
  TestServer server(echo, options);
  for (const char* framing : {"Content-Length: 10\r\n", "Transfer-Encoding: chunked\r\n"}) {
    RawClient client(server.port());
    ASSERT_TRUE(client.send("POST / HTTP/1.1\r\nHost: h\r\n" + std::string(framing) + "\r\n5\r\n"));
    const auto reply = client.read_reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 408);
    EXPECT_TRUE(client.sees_end());
  }
}

TEST(Deadline, ASilentConnectionIsClosedWithoutAWord) {
  ServerOptions options = make_test_options();
  options.timeouts.head = Milliseconds(100);
  TestServer server(echo, options);
  RawClient client(server.port());
  EXPECT_TRUE(client.sees_end());
  EXPECT_EQ(server->stats().deadlines_missed, 1u);
}

TEST(Deadline, AnIdleConnectionIsClosedWithoutAWord) {
  ServerOptions options = make_test_options();
  options.timeouts.idle = Milliseconds(100);
  TestServer server(echo, options);
  RawClient client(server.port());
  ASSERT_TRUE(client.get("/"));
  EXPECT_TRUE(client.sees_end());
}

TEST(Deadline, NoneRunsWhileTheHandlerWorks) {
  ServerOptions options = make_test_options();
  options.timeouts.head = options.timeouts.body = options.timeouts.idle = Milliseconds(50);
  options.timeouts.write_stall = Milliseconds(50);
  Executor executor("slow", 1, 10);
  TestServer server(
      [&](Request, ExchangePtr exchange) {
        ASSERT_TRUE(executor.submit([exchange] {
          std::this_thread::sleep_for(Milliseconds(400));
          exchange->respond(text_response("done"));
        }));
      },
      options);
  RawClient client(server.port());
  EXPECT_EQ(client.get("/")->body, "done");
}

TEST(Deadline, APeerThatTakesNothingOfAReplyIsCutOff) {
  ServerOptions options = make_test_options();
  options.timeouts.write_stall = Milliseconds(100);
  TestServer server(
      [](Request, ExchangePtr exchange) {
        exchange->respond(text_response(std::string(32 * 1024 * 1024, 'x')));
      },
      options);
  RawClient client(server.port());
  ASSERT_TRUE(client.send(make_get("/")));
  EXPECT_TRUE(eventually([&] { return server->stats().deadlines_missed == 1; }));
  EXPECT_TRUE(eventually([&] { return server->stats().connections_open == 0; }));
}

TEST(Deadline, AfterTheLastAnswerAPeerThatDoesNotCloseIsNotWaitedForLong) {
  ServerOptions options = make_test_options();
  options.timeouts.linger = Milliseconds(100);
  TestServer server(echo, options);
  RawClient client(server.port());
  ASSERT_TRUE(client.send("nonsense\r\n\r\n"));
  EXPECT_EQ(client.read_reply()->status, 400);
  EXPECT_TRUE(client.sees_end());
  EXPECT_TRUE(eventually([&] { return server->stats().connections_open == 0; }));
}

}  // namespace
}  // namespace mcph::http::test
