// Clients that leave, or only seem to, while their request is being worked on.
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "transport/support/raw_client.h"
#include "transport/support/test_server.h"

namespace mcph::http::test {
namespace {

// Keeps every exchange until the test answers, and counts the clients that went.
class PendingServer {
 public:
  ExchangePtr take() {
    EXPECT_TRUE(eventually([this] {
      const std::lock_guard lock(mutex_);
      return !pending_.empty();
    }));
    const std::lock_guard lock(mutex_);
    if (pending_.empty()) return nullptr;
    ExchangePtr first = pending_.front();
    pending_.erase(pending_.begin());
    return first;
  }

  std::atomic<int> gone{0};

 private:
  std::mutex mutex_;
  std::vector<ExchangePtr> pending_;

 public:
  TestServer server{[this](Request, ExchangePtr exchange) {
    exchange->on_client_gone([this] { ++gone; });
    const std::lock_guard lock(mutex_);
    pending_.push_back(std::move(exchange));
  }};
};

TEST(HalfClose, StillGetsTheAnswer) {
  PendingServer pending;
  RawClient client(pending.server.port());
  ASSERT_TRUE(client.send(make_get("/")));
  client.end_output();
  const ExchangePtr exchange = pending.take();
  ASSERT_TRUE(eventually([&] { return pending.gone == 1; }));  // it might have gone
  // The end of the input stays readable for ever; nobody may look at it over and over.
  const double before = process_cpu_seconds();
  std::this_thread::sleep_for(Milliseconds(200));
  EXPECT_LT(process_cpu_seconds() - before, 0.1);
  exchange->respond(text_response("still here"));
  const auto reply = client.read_reply();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->body, "still here");
  EXPECT_TRUE(client.sees_end());
}

TEST(HalfClose, InTheSameSegmentAsTheRequestsStillGetsAllAnswers) {
  TestServer server(echo);
  RawClient client(server.port());
  ASSERT_TRUE(client.send(make_get("/a") + make_get("/b") + "GET /incomplete HT"));
  client.end_output();
  EXPECT_EQ(client.read_reply()->body, echo_of("GET", "/a", ""));
  EXPECT_EQ(client.read_reply()->body, echo_of("GET", "/b", ""));
  EXPECT_TRUE(client.sees_end());
}

TEST(HalfClose, WithoutARequestEndsTheConnection) {
  TestServer server(echo);
  RawClient client(server.port());
  client.end_output();
  EXPECT_TRUE(client.sees_end());
  EXPECT_TRUE(eventually([&] { return server->stats().connections_open == 0; }));
}

TEST(ClientGone, IsReportedOnceWhenTheConnectionIsReset) {
  PendingServer pending;
  RawClient client(pending.server.port());
  ASSERT_TRUE(client.send(make_get("/")));
  const ExchangePtr exchange = pending.take();
  client.reset();
  EXPECT_TRUE(eventually([&] { return pending.gone == 1; }));
  EXPECT_TRUE(eventually([&] { return pending.server->stats().connections_open == 0; }));
  exchange->respond(text_response("to nobody"));
  EXPECT_EQ(pending.gone, 1);
}

TEST(ClientGone, IsReportedOnceWhenItClosesAndIsThenAnswered) {
  PendingServer pending;
  RawClient client(pending.server.port());
  ASSERT_TRUE(client.send(make_get("/")));
  const ExchangePtr exchange = pending.take();
  client.close();
  EXPECT_TRUE(eventually([&] { return pending.gone == 1; }));
  exchange->respond(text_response("to nobody"));
  EXPECT_TRUE(eventually([&] { return pending.server->stats().connections_open == 0; }));
  EXPECT_EQ(pending.gone, 1);
}

TEST(ClientGone, IsNotReportedOfAnAnsweredRequest) {
  PendingServer pending;
  RawClient client(pending.server.port());
  ASSERT_TRUE(client.send(make_get("/")));
  pending.take()->respond(text_response("done"));
  ASSERT_TRUE(client.read_reply());
  client.reset();
  EXPECT_TRUE(eventually([&] { return pending.server->stats().connections_open == 0; }));
  EXPECT_EQ(pending.gone, 0);
}

TEST(ClientGone, IsReportedAtOnceToWhoAsksAfterwards) {
  PendingServer pending;
  RawClient client(pending.server.port());
  ASSERT_TRUE(client.send(make_get("/")));
  const ExchangePtr exchange = pending.take();
  client.reset();
  ASSERT_TRUE(eventually([&] { return pending.server->stats().connections_open == 0; }));
  std::atomic<int> late{0};
  exchange->on_client_gone([&] { ++late; });
  EXPECT_TRUE(eventually([&] { return late == 1; }));
}

TEST(ClientGone, IsSeenWhileMuchIsReadAhead) {
  PendingServer pending;
  RawClient client(pending.server.port());
  ASSERT_TRUE(client.send(make_get("/") + std::string(200'000, 'x')));
  const ExchangePtr exchange = pending.take();
  client.reset();
  EXPECT_TRUE(eventually([&] { return pending.gone == 1; }));
}

TEST(ClientGone, IsReportedWhenTheServerStopsUnderAPendingRequest) {
  std::atomic<int> gone{0};
  std::atomic<bool> waiting{false};
  ExchangePtr kept;
  {
    TestServer server([&](Request, ExchangePtr exchange) {
      exchange->on_client_gone([&] { ++gone; });
      kept = std::move(exchange);
      waiting = true;
    });
    RawClient client(server.port());
    ASSERT_TRUE(client.send(make_get("/")));
    ASSERT_TRUE(eventually([&] { return waiting.load(); }));
    server->stop();
    EXPECT_EQ(gone, 1);
  }
  // The exchange outlives the server.
  kept->on_client_gone([&] { ++gone; });
  EXPECT_EQ(gone, 2);
  const auto stream = kept->open_stream({});
  EXPECT_FALSE(stream->send("data: x\n\n"));
}

}  // namespace
}  // namespace mcph::http::test
