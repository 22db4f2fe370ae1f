// An answer posted from another thread always wakes the worker.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "transport/support/raw_client.h"
#include "transport/support/test_server.h"

namespace mcph::http::test {
namespace {

TEST(WakeUp, IsNeverLostHoweverAnswersAndEventsInterleave) {
  Executor executor("later", 4, 100'000);
  ServerOptions options = make_test_options();
  // No tick that could repair a lost one.
  options.timeouts.tick = Seconds(60);
  TestServer server(
      [&](Request request, ExchangePtr exchange) {
        ASSERT_TRUE(executor.submit([size = request.body.size(), exchange] {
          exchange->respond(text_response(std::to_string(size)));
        }));
      },
      options);
  std::atomic<int> stuck{0};
  std::vector<std::thread> clients;
  for (int c = 0; c < 8; ++c) {
    clients.emplace_back([&] {
      RawClient client(server.port());
      for (int i = 0; i < 5000; ++i) {
        if (client.post("/", "12345")) continue;
        ++stuck;
        return;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(stuck, 0);
}

TEST(WakeUp, OfStreamsIsNeverLost) {
  Executor executor("later", 4, 100'000);
  ServerOptions options = make_test_options();
  options.timeouts.tick = Seconds(60);
  TestServer server(
      [&](Request, ExchangePtr exchange) {
        ASSERT_TRUE(executor.submit([exchange] {
          const auto stream = exchange->open_stream({});
          for (int i = 0; i < 20; ++i) stream->send("data: x\n\n");
        }));
      },
      options);
  std::atomic<int> stuck{0};
  std::vector<std::thread> clients;
  for (int c = 0; c < 8; ++c) {
    clients.emplace_back([&] {
      RawClient client(server.port());
      for (int i = 0; i < 500; ++i) {
        const auto reply = client.get("/");
        if (reply && reply->body.size() == 180) continue;
        ++stuck;
        return;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(stuck, 0);
}

}  // namespace
}  // namespace mcph::http::test
