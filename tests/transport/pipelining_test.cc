// Requests sent without waiting for the answers (RFC 9112 §9.3.2).
#include <gtest/gtest.h>

#include <atomic>
#include <string>

#include "transport/support/raw_client.h"
#include "transport/support/test_server.h"

namespace mcph::http::test {
namespace {

TEST(Pipelining, AnswersAThousandRequestsOfOneSegmentInOrder) {
  TestServer server(echo);
  RawClient client(server.port());
  std::string requests;
  for (int i = 0; i < 1000; ++i) requests += make_get("/" + std::to_string(i));
  ASSERT_TRUE(client.send(requests));
  for (int i = 0; i < 1000; ++i) {
    const auto reply = client.read_reply();
    ASSERT_TRUE(reply) << i;
    ASSERT_EQ(reply->body, echo_of("GET", "/" + std::to_string(i), ""));
  }
}

TEST(Pipelining, KeepsTheOrderWhenAnswersComeLaterAndTheFirstIsTheSlowest) {
  Executor executor("later", 8, 1000);
  std::atomic<int> under_way{0};
  std::atomic<int> most_under_way{0};
  TestServer server([&](Request request, ExchangePtr exchange) {
    most_under_way = std::max(most_under_way.load(), ++under_way);
    const bool taken = executor.submit([&, target = request.target, exchange] {
      std::this_thread::sleep_for(target == "/0" ? Milliseconds(50) : Milliseconds(1));
      --under_way;
      exchange->respond(text_response(target));
    });
    ASSERT_TRUE(taken);
  });
  RawClient client(server.port());
  std::string requests;
  for (int i = 0; i < 20; ++i) requests += make_get("/" + std::to_string(i));
  ASSERT_TRUE(client.send(requests));
  for (int i = 0; i < 20; ++i) {
    const auto reply = client.read_reply();
    ASSERT_TRUE(reply) << i;
    ASSERT_EQ(reply->body, "/" + std::to_string(i));
  }
  EXPECT_EQ(most_under_way, 1);  // one request of a connection is in flight
}

TEST(Pipelining, MixesAnswersGivenAtOnceAndLater) {
  Executor executor("later", 2, 1000);
  TestServer server([&](Request request, ExchangePtr exchange) {
    const auto answer = [target = request.target, exchange] {
      exchange->respond(text_response(target));
    };
    if (request.target.back() % 2 == 0) return answer();
    ASSERT_TRUE(executor.submit(answer));
  });
  RawClient client(server.port());
  std::string requests;
  for (int i = 0; i < 500; ++i) requests += make_get("/" + std::to_string(i));
  ASSERT_TRUE(client.send(requests));
  for (int i = 0; i < 500; ++i) {
    const auto reply = client.read_reply();
    ASSERT_TRUE(reply) << i;
    ASSERT_EQ(reply->body, "/" + std::to_string(i));
  }
}

TEST(Pipelining, DoesNotCollectAnswersForAClientThatDoesNotRead) {
  const std::string large(256 * 1024, 'x');
  std::atomic<int> handled{0};
  TestServer server([&](Request, ExchangePtr exchange) {
    ++handled;
    exchange->respond(text_response(large));
  });
  RawClient client;
  client.set_receive_buffer(16 * 1024);
  ASSERT_TRUE(client.connect(server.port()));
  std::string requests;
  for (int i = 0; i < 500; ++i) requests += make_get("/");
  ASSERT_TRUE(client.send(requests));
  std::this_thread::sleep_for(Milliseconds(200));
  EXPECT_LT(handled, 50);  // what the kernel's buffers take, not all
  for (int i = 0; i < 500; ++i) {
    const auto reply = client.read_reply();
    ASSERT_TRUE(reply) << i;
    ASSERT_EQ(reply->body.size(), large.size());
  }
}

// More is read ahead than the limit allows only at the price of a pause, never of a loss.
TEST(Pipelining, ReadsOnAfterAPauseWhenMoreWasSentThanIsReadAhead) {
  Executor executor("later", 1, 1000);
  TestServer server([&](Request request, ExchangePtr exchange) {
    ASSERT_TRUE(executor.submit([size = request.body.size(), exchange] {
      std::this_thread::sleep_for(Milliseconds(5));
      exchange->respond(text_response(std::to_string(size)));
    }));
  });
  RawClient client(server.port());
  std::thread sender([&client] {
    for (int i = 0; i < 10; ++i) client.send(make_post("/", std::string(100'000, 'x')));
  });
  for (int i = 0; i < 10; ++i) {
    const auto reply = client.read_reply();
    ASSERT_TRUE(reply) << i;
    EXPECT_EQ(reply->body, "100000");
  }
  sender.join();
}

}  // namespace
}  // namespace mcph::http::test
