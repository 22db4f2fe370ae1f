// Threads, deadlines, cancellation, the bulkhead.
#include "support.h"

namespace mcph::plugins {
namespace {

bool eventually(const std::function<bool()>& holds) {
  for (int i = 0; i < 5'000; ++i) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return false;
}

// A call whose handler had begun when its deadline came: on a busy machine that may take a few
// tries.
mcp::Outcome call_until_late(Host& host, const std::string& tool) {
  for (;;) {
    const auto outcome = host.call(tool, "{}", Milliseconds(40));
    if (outcome.kind != Kind::kOverloaded) return outcome;
  }
}

TEST(Executor, RunsAToolThatNeverBlocksOnTheThreadOfTheCaller) {
  Host host({"hello_c", "hello_cpp"});
  const auto inline_call = host.begin("hello_from_c");
  EXPECT_TRUE(inline_call.observer->answered()) << "before call() returned";
  const auto other = host.begin("add", R"({"numbers":[]})");
  other.observer->wait();
  EXPECT_NE(other.observer->thread, std::this_thread::get_id());
}

TEST(Executor, MovesAToolThatBreaksItsPromiseOffTheThreadOfTheCaller) {
  Host host({"faulty/blocks_inline"});
  for (std::uint32_t i = 0; i < kBrokenPromisesMax; ++i) {
    EXPECT_TRUE(host.begin("blocks_inline").observer->answered());
  }
  const auto call = host.begin("blocks_inline");
  call.observer->wait();
  EXPECT_NE(call.observer->thread, std::this_thread::get_id());
}

TEST(Deadline, AnswersTheClientThoughTheToolIsStillAtWork) {
  Host host({"faulty/sleeper"});
  const auto outcome = call_until_late(host, "sleeper");
  EXPECT_TRUE(outcome.is_error);
  EXPECT_EQ(text_of(outcome), "The tool did not answer in time.");
  EXPECT_TRUE(eventually([&] { return host.registry->abandoned() == 0; }));
}

TEST(Deadline, OfThePluginHoldsWhenTheCallHasALaterOne) {
  PluginSettings settings;
  settings.timeout_ms = 20;
  Host host({"faulty/spins"}, with("spins", settings));
  host.call("spins");  // would spin for 20 seconds
}

TEST(Cancellation, IsSeenByTheTool) {
  Host host({"faulty/spins"});
  const auto call = host.begin("spins");
  call.call->cancel();
  call.call->cancel();
  call.observer->wait();
}

TEST(Bulkhead, KeepsASlowPluginFromTakingEveryThread) {
  PluginSettings settings;
  settings.running_max = 2;
  settings.queued_max = 2;
  Host host({"faulty/sleeper", "hello_cpp"}, with("sleeper", settings), 4);
  std::vector<Host::Running> slow;
  for (int i = 0; i < 5; ++i) slow.push_back(host.begin("sleeper"));
  EXPECT_EQ(slow[4].observer->wait().kind, Kind::kOverloaded) << "two run, two wait";
  EXPECT_EQ(host.call("add", R"({"numbers":[1]})").structured, R"({"sum":1})");
  EXPECT_FALSE(slow[3].observer->answered()) << "the other plugin was not held up";
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(text_of(slow[static_cast<std::size_t>(i)].observer->wait()), "hello");
}

TEST(Bulkhead, LetsACancelledCallGoBeforeItsTurn) {
  PluginSettings settings;
  settings.running_max = 1;
  Host host({"faulty/sleeper"}, with("sleeper", settings));
  const auto first = host.begin("sleeper");
  const auto second = host.begin("sleeper");
  second.call->cancel();
  EXPECT_TRUE(second.observer->answered());
  first.observer->wait();
}

TEST(Bulkhead, AnswersWhatWaitedTooLongAsOverloaded) {
  PluginSettings settings;
  settings.running_max = 1;
  Host host({"faulty/sleeper"}, with("sleeper", settings));
  const auto first = host.begin("sleeper");
  const auto second = host.begin("sleeper", "{}", Milliseconds(20));
  EXPECT_EQ(second.observer->wait().kind, Kind::kOverloaded);
  first.observer->wait();
}

TEST(Pending, ThatIsNeverCompletedIsAnsweredAtItsDeadlineAndKeepsItsPlace) {
  PluginSettings settings;
  settings.running_max = 1;
  settings.queued_max = 0;
  Host host({"faulty/pending_never"}, with("pending_never", settings));
  EXPECT_EQ(text_of(call_until_late(host, "pending_never")), "The tool did not answer in time.");
  EXPECT_EQ(host.registry->abandoned(), 1u);
  EXPECT_EQ(host.call("pending_never").kind, Kind::kOverloaded);
  EXPECT_EQ(text_of(host.call("pending_reminder")), "hello");
  EXPECT_EQ(host.registry->abandoned(), 0u);
}

TEST(Pending, CompletedTwiceIsAnsweredOnceAndCounted) {
  Host host({"faulty/pending_twice"});
  EXPECT_EQ(text_of(host.call("pending_twice")), "hello");
  EXPECT_EQ(host.registry->faults(), 1u);
  EXPECT_EQ(text_of(host.call("pending_twice")), "hello");
  EXPECT_EQ(host.registry->faults(), 3u) << "the old call was completed once more";
}

TEST(Pending, CompletedAfterTheDeadlineIsACountedFault) {
  Host host({"faulty/completes_late"});
  EXPECT_TRUE(call_until_late(host, "completes_late").is_error);
  EXPECT_EQ(text_of(host.call("completes_late")), "cancelled");
  EXPECT_EQ(host.registry->faults(), 1u);
  EXPECT_EQ(host.registry->abandoned(), 0u);
}

TEST(Stop, EndsWhatIsUnderWayAndRefusesWhatComes) {
  Host host({"faulty/spins"});
  const auto call = host.begin("spins");
  EXPECT_TRUE(host.registry->stop(Milliseconds(10'000)));
  EXPECT_TRUE(call.observer->answered());
  EXPECT_EQ(host.call("spins").kind, Kind::kOverloaded);
}

TEST(Stop, SaysSoWhenAHandlerDoesNotReturn) {
  Host host({"faulty/sleeper"});
  const auto call = host.begin("sleeper");
  EXPECT_TRUE(eventually([&] { return call.observer->progresses == 1; }));
  EXPECT_EQ(host.registry->list_plugins().at(0).calls_running, 1u);
  EXPECT_FALSE(host.registry->stop(Milliseconds(4)));
  EXPECT_TRUE(host.registry->stop(Milliseconds(10'000)));
  EXPECT_TRUE(call.observer->answered());
}

TEST(Executor, StandsAHundredCallsFromManyThreads) {
  Host host({"hello_c", "hello_cpp", "throws"});
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&host] {
      for (int i = 0; i < 25; ++i) {
        EXPECT_EQ(text_of(host.call("hello_from_c")), "Hello from C");
        EXPECT_EQ(host.call("add", R"({"numbers":[20,22]})").structured, R"({"sum":42})");
        EXPECT_TRUE(host.call("throw_raw").is_error);
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace mcph::plugins
