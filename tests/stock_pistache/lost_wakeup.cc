// G: the wake-up is taken back after the queue was found empty, together with the one that arrived
// in between.
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "probes.h"
#include "stock_server.h"
#include "transport/support/raw_client.h"

using mcph::http::test::RawClient;

namespace {

constexpr auto kDuration = std::chrono::seconds(8);
constexpr int kClients = 8;

}  // namespace

Finding probe_lost_wakeup() {
  StockServer server({.workers = 2});
  std::atomic<bool> stop{false};
  std::atomic<int> asked{0};
  std::atomic<int> stuck{0};
  std::vector<std::thread> clients;
  for (int c = 0; c < kClients; ++c) {
    clients.emplace_back([&] {
      while (!stop) {
        RawClient client(server.port());
        client.set_timeout(mcph::Milliseconds(1000));
        for (int i = 0; i < 1000 && !stop; ++i) {
          ++asked;
          if (client.get("/async")) continue;
          ++stuck;
          break;
        }
      }
    });
  }
  std::this_thread::sleep_for(kDuration);
  stop = true;
  for (std::thread& client : clients) client.join();
  return {stuck > 0, std::to_string(stuck) + " of " + std::to_string(asked) +
                         " answers did not come within a second"};
}
