// Answers that come later, from threads of the plugin, and cancellations that race them.
#include "support.h"

namespace mcph::plugins {
namespace {

RegistrySettings many_at_once() {
  PluginSettings settings;
  settings.running_max = 64;
  settings.queued_max = 4'096;
  return with("parked", settings);
}

TEST(Async, CompletesThousandsOfCallsWhileOthersAreCancelled) {
  Host host({"parked"}, many_at_once());
  constexpr int kThreads = 4, kCalls = 500;
  std::atomic<int> answered{0}, given_up{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kCalls; ++i) {
        const auto call = host.begin("park");
        if (i % 3 == t % 3) call.call->cancel();  // while it is parked, answered, or not yet begun
        const std::string text = text_of(call.observer->wait());
        if (text == "answered") ++answered;
        if (text != "answered") ++given_up;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(answered + given_up, kThreads * kCalls);
  EXPECT_GE(answered, kThreads * kCalls / 2) << "two of three were left alone";
  EXPECT_EQ(host.registry->faults(), 0u);
  EXPECT_EQ(host.registry->abandoned(), 0u);
}

TEST(Async, WakesAPendingCallThatIsCancelled) {
  Host host({"parked"}, many_at_once());
  const auto call = host.begin("park_for_ever");
  std::this_thread::sleep_for(std::chrono::milliseconds(20));  // most likely it is parked by now
  EXPECT_FALSE(call.observer->answered());
  call.call->cancel();
  const std::string text = text_of(call.observer->wait());
  EXPECT_TRUE(text == "Given up." || text == "The call was cancelled.") << text;
}

TEST(Async, EndsWhatIsPendingWhenThePluginIsStopped) {
  Host host({"parked"}, many_at_once());
  std::vector<Host::Running> calls;
  for (int i = 0; i < 32; ++i) calls.push_back(host.begin("park_for_ever"));
  EXPECT_TRUE(host.registry->stop(Milliseconds(10'000)));
  for (const auto& call : calls) EXPECT_TRUE(call.observer->answered());
}

TEST(Async, GivesThePlaceOfAPendingCallBackWhenItIsCompleted) {
  PluginSettings settings;
  settings.running_max = 1;
  settings.queued_max = 64;
  Host host({"parked"}, with("parked", settings));
  std::vector<Host::Running> calls;
  for (int i = 0; i < 50; ++i) calls.push_back(host.begin("park"));
  for (const auto& call : calls) EXPECT_EQ(text_of(call.observer->wait()), "answered");
}

}  // namespace
}  // namespace mcph::plugins
