#include "federation/single_flight.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

namespace mcph::federation {
namespace {

TEST(SingleFlight, DoesTheWorkOnceForAllWhoWait) {
  SingleFlight<int> flights;
  std::atomic<int> runs{0};
  std::promise<void> go;
  auto started = go.get_future().share();
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      const auto result = flights.run("k", Seconds{60}, [&]() -> Result<int> {
        ++runs;
        started.wait();
        return 7;
      });
      right += result && result->ok() && result->value() == 7 ? 1 : 0;
    });
  }
  while (runs == 0) std::this_thread::yield();
  go.set_value();
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right.load(), 8);
  EXPECT_GE(runs.load(), 1);
}

TEST(SingleFlight, RunsDifferentKeysSideBySide) {
  SingleFlight<int> flights;
  const auto outer = flights.run("a", Seconds{60}, [&]() -> Result<int> {
    return flights.run("b", Seconds{60}, []() -> Result<int> { return 1; })->value() + 1;
  });
  EXPECT_EQ(outer->value(), 2);
}

TEST(SingleFlight, RunsAgainWhenTheFlightIsOver) {
  SingleFlight<int> flights;
  int runs = 0;
  const auto work = [&]() -> Result<int> { return ++runs; };
  EXPECT_EQ(flights.run("k", Seconds{60}, work)->value(), 1);
  EXPECT_EQ(flights.run("k", Seconds{60}, work)->value(), 2);
}

TEST(SingleFlight, StopsWaitingWhenPatienceEnds) {
  SingleFlight<int> flights;
  std::promise<void> inside, go;
  auto release = go.get_future().share();
  std::thread leader([&] {
    (void)flights.run("k", Seconds{60}, [&]() -> Result<int> {
      inside.set_value();
      release.wait();
      return 1;
    });
  });
  inside.get_future().wait();
  EXPECT_FALSE(flights.run("k", Milliseconds{10}, []() -> Result<int> { return 2; }).has_value());
  go.set_value();
  leader.join();
}

}  // namespace
}  // namespace mcph::federation
