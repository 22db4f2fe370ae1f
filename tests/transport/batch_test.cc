// Replies to requests that were found in one batch of events leave together, at its end.
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "transport/support/raw_client.h"
#include "transport/support/test_server.h"

namespace mcph::http::test {
namespace {

constexpr int kClients = 100;  // more than are held back at once

// One worker, held up by the first request until all the others wait in the kernel.
struct HeldUpServer {
  HeldUpServer() { options.workers = 1; }
  RequestHandler make_handler() {
    return [this, released = release.get_future().share()](Request request, ExchangePtr exchange) {
      if (request.target == "/first") {
        first_came.set_value();
        released.wait();
      }
      if (request.target == "/throws") throw std::runtime_error("a handler that throws");
      exchange->respond(text_response(request.target));
    };
  }
  ServerOptions options = make_test_options();
  std::promise<void> first_came;
  std::promise<void> release;
};

TEST(Batch, AnswersEveryClientWithItsOwnWhateverBecomesOfTheOthers) {
  HeldUpServer held_up;
  TestServer server(held_up.make_handler(), held_up.options);
  RawClient first(server.port());
  ASSERT_TRUE(first.send(make_get("/first")));
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < kClients; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port()));
  }
  held_up.first_came.get_future().wait();
  for (int i = 0; i < kClients; ++i) {
    const std::string name = "/" + std::to_string(i);
    const std::string two = make_get(name + "a") + make_get(name + "b");
    ASSERT_TRUE(clients[static_cast<std::size_t>(i)]->send(i % 5 == 0   ? make_get("/throws")
                                                           : i % 5 == 1 ? two
                                                                        : make_get(name)));
    if (i % 5 == 2) clients[static_cast<std::size_t>(i)]->reset();
  }
  held_up.release.set_value();
  EXPECT_EQ(first.read_reply()->body, "/first");
  for (int i = 0; i < kClients; ++i) {
    if (i % 5 == 2) continue;
    const std::string name = "/" + std::to_string(i);
    RawClient& client = *clients[static_cast<std::size_t>(i)];
    const auto reply = client.read_reply();
    ASSERT_TRUE(reply) << i;
    if (i % 5 == 0) {
      EXPECT_EQ(reply->status, 500);
    } else if (i % 5 == 1) {
      EXPECT_EQ(reply->body, name + "a");
      const auto second = client.read_reply();
      ASSERT_TRUE(second) << i;
      EXPECT_EQ(second->body, name + "b");
    } else {
      EXPECT_EQ(reply->body, name);
    }
  }
}

}  // namespace
}  // namespace mcph::http::test
