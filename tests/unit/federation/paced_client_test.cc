#include "federation/paced_client.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "fakes/fake_http_client.h"
#include "support/fake_clock.h"
#include "support/fake_random.h"

namespace mcph::federation {
namespace {

net::HttpRequest request(const std::string& tag = "token",
                         const std::string& origin = "https://idp.example") {
  net::HttpRequest made;
  made.url = origin + '/' + tag;
  made.tag = tag;
  return made;
}

class PacedClientTest : public ::testing::Test {
 protected:
  PacedClient make(Pace pace) {
    return PacedClient(http_, pace, pauses_, no_jitter_, clock_, [this](Milliseconds time) {
      slept_.push_back(time);
      clock_.advance_steady(time);
    });
  }
  net::HttpResponse answer_with(int status, std::string_view retry_after = {}) {
    auto answer = fakes::http_answer(status, "");
    if (!retry_after.empty()) answer.headers.add("Retry-After", retry_after);
    return answer;
  }

  test::FakeClock clock_;
  test::FixedRandom no_jitter_{std::string(1, '\0')};
  Pauses pauses_{clock_, no_jitter_};
  net::HttpResponse answer_ = fakes::http_answer(200, "{}");
  fakes::FakeHttpClient http_{[this](const auto&) { return answer_; }};
  std::vector<Milliseconds> slept_;
};

TEST_F(PacedClientTest, LetsASecondsWorthGoAtOnceAndThenOneByOne) {
  PacedClient client = make({10, 64, Milliseconds{2000}});
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(client.send(request()).ok());
  EXPECT_TRUE(slept_.empty());
  EXPECT_TRUE(client.send(request()).ok());
  EXPECT_TRUE(client.send(request("jwks")).ok()) << "all endpoints of a host share its rate";
  EXPECT_EQ(slept_, (std::vector<Milliseconds>{Milliseconds{100}, Milliseconds{100}}));
  clock_.advance(Seconds{1});
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(client.send(request()).ok());
  EXPECT_EQ(slept_.size(), 2u);
}

TEST_F(PacedClientTest, CountsEachHostForItself) {
  PacedClient client = make({1, 64, Milliseconds{2000}});
  EXPECT_TRUE(client.send(request()).ok());
  EXPECT_TRUE(client.send(request("token", "https://other.example")).ok());
  EXPECT_TRUE(slept_.empty());
}

TEST_F(PacedClientTest, WaitsALittleLongerByChance) {
  test::FixedRandom most{std::string(1, '\xff')};
  PacedClient client(http_, {10, 64, Milliseconds{2000}}, pauses_, most, clock_,
                     [this](Milliseconds time) { slept_.push_back(time); });
  for (int i = 0; i < 11; ++i) EXPECT_TRUE(client.send(request()).ok());
  EXPECT_EQ(slept_, (std::vector<Milliseconds>{Milliseconds{125}}));
}

TEST_F(PacedClientTest, SendsNothingForWhichTheWaitWouldBeTooLong) {
  PacedClient client(http_, {1, 64, Milliseconds{2000}}, pauses_, no_jitter_, clock_,
                     [this](Milliseconds time) { slept_.push_back(time); });  // time stands still
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(client.send(request()).ok());
  EXPECT_EQ(client.send(request()).error().code, Code::kUnavailable);
  EXPECT_EQ(http_.requests().size(), 3u);
  clock_.advance(Seconds{1});
  EXPECT_TRUE(client.send(request()).ok()) << "who was refused took no turn from anybody";
}

// Else a refresh would be repeated for fear that its answer was lost.
TEST_F(PacedClientTest, SaysThatNothingWasSent) {
  PacedClient client = make({});
  answer_ = answer_with(429, "7");
  (void)client.send(request());
  EXPECT_EQ(read_failure(client.send(request()).error()).kind, TokenFailure::Kind::kBusy);
}

TEST_F(PacedClientTest, SetsNoRateUnlessToldTo) {
  PacedClient client = make({});
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(client.send(request()).ok());
  EXPECT_TRUE(slept_.empty());
}

TEST_F(PacedClientTest, LeavesAnEndpointAloneForAsLongAsItAsks) {
  PacedClient client = make({});
  answer_ = answer_with(429, "7");
  EXPECT_EQ(client.send(request())->status, 429);
  answer_ = answer_with(200);
  clock_.advance(Seconds{6});
  EXPECT_EQ(client.send(request()).error().code, Code::kUnavailable);
  EXPECT_TRUE(client.send(request("jwks")).ok()) << "it spoke for itself";
  EXPECT_EQ(http_.count("/token"), 1);
  clock_.advance(Seconds{1});
  EXPECT_TRUE(client.send(request()).ok());
}

TEST_F(PacedClientTest, HonoursRetryAfterOfAnyStatusAnd429WithoutIt) {
  PacedClient client = make({});
  answer_ = answer_with(503, "3");
  (void)client.send(request());
  EXPECT_FALSE(client.send(request()).ok());
  clock_.advance(Seconds{3});
  answer_ = answer_with(429);
  EXPECT_TRUE(client.send(request()).ok());
  EXPECT_FALSE(client.send(request()).ok());
  clock_.advance(Seconds{1});
  answer_ = answer_with(500);
  EXPECT_TRUE(client.send(request()).ok());
  EXPECT_TRUE(client.send(request()).ok()) << "it fails, but asks for nothing";
}

TEST_F(PacedClientTest, SharesItsPausesWithThoseWhoCanWait) {
  PacedClient client = make({});
  answer_ = answer_with(429, "5");
  (void)client.send(request());
  EXPECT_TRUE(pauses_.of("token").is_on());
  EXPECT_FALSE(pauses_.of("jwks").is_on());
  // Failures in a row hold up only who can wait.
  for (int i = 0; i < 5; ++i) pauses_.of("jwks").note_failure({TokenFailure::Kind::kBusy, {}, ""});
  EXPECT_TRUE(pauses_.of("jwks").is_on());
  EXPECT_TRUE(client.send(request("jwks")).ok());
}

// A network that answers when it is told to.
class SlowClient final : public net::HttpClient {
 public:
  std::shared_ptr<net::RunningRequest> start(net::HttpRequest, Done done) override {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(done));
    return nullptr;
  }
  void answer_one() {
    Done done;
    {
      const std::lock_guard lock(mutex_);
      done = std::move(waiting_.back());
      waiting_.pop_back();
    }
    done(fakes::http_answer(200, "{}"));
  }
  std::size_t waiting() {
    const std::lock_guard lock(mutex_);
    return waiting_.size();
  }

 private:
  std::mutex mutex_;
  std::vector<Done> waiting_;
};

TEST_F(PacedClientTest, HasOnlySoManyUnderWay) {
  SlowClient slow;
  PacedClient client(slow, {0, 2, Milliseconds{20}}, pauses_, no_jitter_, clock_, {});
  int answers = 0;
  const auto count = [&answers](Result<net::HttpResponse> result) { answers += result.ok(); };
  client.start(request(), count);
  client.start(request(), count);
  bool refused = false;
  client.start(request(), [&](auto result) { refused = !result.ok(); });
  EXPECT_TRUE(refused);
  EXPECT_EQ(slow.waiting(), 2u);
  slow.answer_one();
  client.start(request(), count);
  EXPECT_EQ(slow.waiting(), 2u);
  slow.answer_one();
  slow.answer_one();
  EXPECT_EQ(answers, 3);
}

TEST_F(PacedClientTest, LetsTheNextOneInWhenOneComesBack) {
  SlowClient slow;
  PacedClient client(slow, {0, 1, Milliseconds{60'000}}, pauses_, no_jitter_, clock_, {});
  client.start(request(), [](auto) {});
  std::thread second([&] { client.start(request(), [](auto) {}); });
  slow.answer_one();
  second.join();
  EXPECT_EQ(slow.waiting(), 1u);
  slow.answer_one();
}

}  // namespace
}  // namespace mcph::federation
