#include "federation/cached_document.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

#include "support/fake_clock.h"

namespace mcph::federation {
namespace {

using Document = CachedDocument<int>;

class CachedDocumentTest : public ::testing::Test {
 protected:
  Result<Document::Loaded> load() {
    ++loads_;
    if (broken_) return Error{Code::kUnavailable, "down", {}};
    return Document::Loaded{std::make_shared<const int>(loads_.load()), lifetime_};
  }

  test::FakeClock clock_;
  Log log_{clock_, 2, LogLevel::kError};
  std::atomic<int> loads_{0};
  std::atomic<bool> broken_{false};
  Seconds lifetime_{7200};
  Document document_{"test", [this] { return load(); }, clock_, log_};
};

TEST_F(CachedDocumentTest, IsLoadedOnceForItsLifetime) {
  EXPECT_EQ(**document_.get(), 1);
  clock_.advance(Seconds{7199});
  EXPECT_EQ(**document_.get(), 1);
  clock_.advance(Seconds{1});
  EXPECT_EQ(**document_.get(), 2);
}

TEST_F(CachedDocumentTest, LivesAtLeastAnHourAndAtMostADay) {
  lifetime_ = Seconds{0};
  EXPECT_EQ(**document_.get(), 1);
  clock_.advance(Seconds{3599});
  EXPECT_EQ(**document_.get(), 1);
  clock_.advance(Seconds{1});
  lifetime_ = Seconds{1'000'000};
  EXPECT_EQ(**document_.get(), 2);
  clock_.advance(Seconds{86'399});
  EXPECT_EQ(**document_.get(), 2);
  clock_.advance(Seconds{1});
  EXPECT_EQ(**document_.get(), 3);
}

TEST_F(CachedDocumentTest, GoesOnServingWhenTheServerIsDown) {
  EXPECT_EQ(**document_.get(), 1);
  broken_ = true;
  clock_.advance(Seconds{7200});
  EXPECT_EQ(**document_.get(), 1);
  EXPECT_EQ(loads_.load(), 2);
  EXPECT_EQ(**document_.get(), 1);
  EXPECT_EQ(loads_.load(), 2);  // not asked again at once
  clock_.advance(Seconds{5});
  broken_ = false;
  EXPECT_EQ(**document_.get(), 3);
}

TEST_F(CachedDocumentTest, StopsServingWhenItIsTooOld) {
  EXPECT_TRUE(document_.get().ok());
  broken_ = true;
  clock_.advance(Seconds{7200 + 86'400});
  EXPECT_EQ(document_.get().error().code, Code::kUnavailable);
}

TEST_F(CachedDocumentTest, RemembersAFailureForAMoment) {
  broken_ = true;
  EXPECT_FALSE(document_.get().ok());
  EXPECT_FALSE(document_.get().ok());
  EXPECT_EQ(loads_.load(), 1);
  clock_.advance(Seconds{5});
  EXPECT_FALSE(document_.get().ok());
  EXPECT_EQ(loads_.load(), 2);
}

TEST_F(CachedDocumentTest, IsFetchedAgainOnDemandButNotMoreThanOnceIn30Seconds) {
  const auto first = document_.get().value();
  const auto second = document_.get_newer(first).value();
  EXPECT_EQ(*second, 2);
  EXPECT_EQ(document_.get_newer(first).value(), second);  // somebody had it already
  EXPECT_EQ(document_.get_newer(second).value(), second);
  EXPECT_EQ(loads_.load(), 2);
  clock_.advance(Seconds{30});
  EXPECT_EQ(*document_.get_newer(second).value(), 3);
}

TEST_F(CachedDocumentTest, KeepsWhatItHasWhenFetchingAgainFails) {
  const auto first = document_.get().value();
  broken_ = true;
  EXPECT_EQ(document_.get_newer(first).value(), first);
}

TEST(CachedDocumentThreads, FetchOnceTogether) {
  SystemClock clock;
  Log log(clock, 2, LogLevel::kError);
  std::atomic<int> loads{0};
  std::promise<void> go;
  auto started = go.get_future().share();
  Document document(
      "test",
      [&]() -> Result<Document::Loaded> {
        ++loads;
        started.wait();
        return Document::Loaded{std::make_shared<const int>(7), Seconds{3600}};
      },
      clock, log);
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] { right += **document.get() == 7 ? 1 : 0; });
  }
  while (loads == 0) std::this_thread::yield();
  go.set_value();
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right.load(), 16);
  EXPECT_EQ(loads.load(), 1);
}

}  // namespace
}  // namespace mcph::federation
