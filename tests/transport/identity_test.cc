// Nobody ever gets another one's answer. Stock Pistache addresses answers by file descriptor, and a
// descriptor is reused the moment a client leaves.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "transport/support/raw_client.h"
#include "transport/support/test_server.h"

namespace mcph::http::test {
namespace {

constexpr int kVictims = 6;
constexpr int kAttackers = 4;
constexpr int kRequestsEach = 1500;

// Victims check that each reply repeats their own secret, while attackers ask and leave before the
// answer, so that their descriptors change hands with answers under way.
int count_wrong_replies(TestServer& server) {
  std::atomic<int> wrong{0};
  std::atomic<bool> stop{false};
  std::vector<std::thread> attackers;
  for (int a = 0; a < kAttackers; ++a) {
    attackers.emplace_back([&, a] {
      for (int i = 0; !stop; ++i) {
        RawClient client(server.port());
        client.send(make_get("/attacker") + make_get("/attacker"));
        if ((i + a) % 3 == 0) client.reset();
        if ((i + a) % 3 == 1) std::this_thread::yield();
      }
    });
  }
  std::vector<std::thread> victims;
  for (int v = 0; v < kVictims; ++v) {
    victims.emplace_back([&, v] {
      std::unique_ptr<RawClient> client;
      for (int i = 0; i < kRequestsEach; ++i) {
        // New connections often, for those are the ones that inherit a descriptor.
        if (i % 5 == 0) client = std::make_unique<RawClient>(server.port());
        const std::string secret = "/victim-" + std::to_string(v) + "-" + std::to_string(i);
        const auto reply = client->get(secret);
        if (!reply || reply->body != secret) ++wrong;
      }
    });
  }
  for (std::thread& victim : victims) victim.join();
  stop = true;
  for (std::thread& attacker : attackers) attacker.join();
  return wrong;
}

TEST(Identity, HoldsForAnswersGivenAtOnce) {
  TestServer server([](Request request, ExchangePtr exchange) {
    exchange->respond(text_response(request.target));
  });
  EXPECT_EQ(count_wrong_replies(server), 0);
}

TEST(Identity, HoldsForAnswersGivenLaterByOtherThreads) {
  Executor executor("later", 3, 100'000);
  TestServer server([&](Request request, ExchangePtr exchange) {
    ASSERT_TRUE(executor.submit([target = std::move(request.target), exchange] {
      exchange->respond(text_response(target));
    }));
  });
  EXPECT_EQ(count_wrong_replies(server), 0);
}

TEST(Identity, HoldsForStreams) {
  Executor executor("later", 3, 100'000);
  TestServer server([&](Request request, ExchangePtr exchange) {
    ASSERT_TRUE(executor.submit([target = std::move(request.target), exchange] {
      exchange->open_stream({})->send(target);
    }));
  });
  EXPECT_EQ(count_wrong_replies(server), 0);
}

}  // namespace
}  // namespace mcph::http::test
