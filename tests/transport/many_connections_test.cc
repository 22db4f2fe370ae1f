// Ten thousand clients that are just there.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <vector>

#include "transport/support/raw_client.h"
#include "transport/support/test_server.h"

namespace mcph::http::test {
namespace {

constexpr std::size_t kWanted = 10'000;
constexpr std::size_t kOtherDescriptors = 100;

TEST(ManyConnections, LeaveAnActiveOneServedAndAreAllClosedByADrain) {
  // Both ends of every connection are in this process.
  const std::size_t possible = (raise_descriptor_limit() - kOtherDescriptors) / 2;
  const std::size_t count = std::min(kWanted, possible);
  if (count < kWanted) {
    std::printf("only %zu connections: the hard limit of descriptors allows no more\n", count);
  }
  TestServer server([](Request request, ExchangePtr exchange) {
    exchange->respond(text_response(request.target));
  });
  std::vector<RawClient> idle(count);
  for (std::size_t i = 0; i < count; ++i) {
    ASSERT_TRUE(idle[i].connect(server.port())) << i;
    // Every tenth has been used before.
    if (i % 10 == 0) {
      ASSERT_TRUE(idle[i].get("/")) << i;
    }
  }
  ASSERT_TRUE(eventually([&] { return server->stats().connections_open == count; }));
  RawClient active(server.port());
  for (int i = 0; i < 200; ++i) ASSERT_EQ(active.get("/active")->body, "/active");
  for (std::size_t i = 0; i < count; i += 97) ASSERT_EQ(idle[i].get("/idle")->body, "/idle") << i;
  EXPECT_TRUE(server->drain(Seconds(10)));
}

}  // namespace
}  // namespace mcph::http::test
