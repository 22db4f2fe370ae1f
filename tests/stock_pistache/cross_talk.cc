// A: answers wait in a queue that knows its receiver by file descriptor only. When a client leaves,
// the next one gets its descriptor, and its answer.
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "probes.h"
#include "stock_server.h"
#include "transport/support/raw_client.h"

using mcph::http::test::make_get;
using mcph::http::test::RawClient;

namespace {

constexpr auto kDuration = std::chrono::seconds(8);
constexpr int kVictims = 4;
constexpr int kAttackers = 4;

}  // namespace

Finding probe_cross_talk() {
  StockServer server;
  std::atomic<bool> stop{false};
  std::atomic<int> asked{0};
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int a = 0; a < kAttackers; ++a) {
    threads.emplace_back([&] {
      for (int i = 0; !stop; ++i) {
        RawClient client(server.port());
        client.send(make_get("/attacker"));
        if (i % 2 == 0) client.reset();
      }
    });
  }
  for (int v = 0; v < kVictims; ++v) {
    threads.emplace_back([&, v] {
      for (int i = 0; !stop; ++i) {
        const std::string secret = "/victim-" + std::to_string(v) + "-" + std::to_string(i);
        RawClient client(server.port());
        client.set_timeout(mcph::Milliseconds(500));
        const auto reply = client.get(secret);
        ++asked;
        if (reply && reply->body != secret) ++wrong;
      }
    });
  }
  std::this_thread::sleep_for(kDuration);
  stop = true;
  for (std::thread& thread : threads) thread.join();
  return {wrong > 0, std::to_string(wrong) + " of " + std::to_string(asked) + " answers were " +
                         "somebody else's"};
}
