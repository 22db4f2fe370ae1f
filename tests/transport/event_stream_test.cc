// text/event-stream answers.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "transport/support/raw_client.h"
#include "transport/support/test_server.h"

namespace mcph::http::test {
namespace {

// Opens a stream for every request and keeps them all.
class StreamServer {
 public:
  explicit StreamServer(ServerOptions options = make_test_options())
      : server([this](Request, ExchangePtr exchange) { open(std::move(exchange)); },
               std::move(options)) {}

  std::vector<std::shared_ptr<EventStream>> wait_for(std::size_t count) {
    EXPECT_TRUE(eventually([&] {
      const std::lock_guard lock(mutex_);
      return streams_.size() >= count;
    }));
    const std::lock_guard lock(mutex_);
    return streams_;
  }

  std::atomic<int> gone{0};

 private:
  void open(ExchangePtr exchange) {
    exchange->on_client_gone([this] { ++gone; });
    auto stream = exchange->open_stream({});
    const std::lock_guard lock(mutex_);
    streams_.push_back(std::move(stream));
  }

  std::mutex mutex_;
  std::vector<std::shared_ptr<EventStream>> streams_;

 public:
  TestServer server;
};

TEST(EventStreams, HaveTheHeadersThatKeepProxiesFromCollecting) {
  StreamServer streams;
  RawClient client(streams.server.port());
  ASSERT_TRUE(client.send(make_get("/")));
  streams.wait_for(1)[0]->close();
  const auto reply = client.read_reply();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(reply->headers.find("content-type"), "text/event-stream");
  EXPECT_EQ(reply->headers.find("cache-control"), "no-cache, no-transform");
  EXPECT_EQ(reply->headers.find("x-accel-buffering"), "no");
  EXPECT_EQ(reply->headers.find("transfer-encoding"), "chunked");
  EXPECT_FALSE(reply->headers.find("content-length"));
}

TEST(EventStreams, DeliverEachEventAtOnceAndLeaveTheConnectionUsable) {
  StreamServer streams;
  RawClient client(streams.server.port());
  for (std::size_t round = 1; round <= 3; ++round) {
    ASSERT_TRUE(client.send(make_post("/", "{}")));
    const auto stream = streams.wait_for(round)[round - 1];
    ASSERT_TRUE(client.read_until("\r\n\r\n"));
    for (int i = 0; i < 5; ++i) {
      const std::string event = "data: " + std::to_string(i) + "\n\n";
      ASSERT_TRUE(stream->send(event));
      EXPECT_TRUE(client.read_until(event + "\r\n"));
    }
    stream->close();
    stream->close();
    EXPECT_FALSE(stream->send("data: late\n\n"));
    EXPECT_EQ(client.read_until("0\r\n\r\n"), "0\r\n\r\n");
  }
  EXPECT_EQ(streams.gone, 0);
}

TEST(EventStreams, OpenedAndFilledInTheHandlerArriveWhole) {
  TestServer server([](Request, ExchangePtr exchange) {
    Response head;
    head.headers.add("Mcp-Session-Id", "abc");
    const auto stream = exchange->open_stream(std::move(head));
    EXPECT_TRUE(stream->send("data: 1\n\n"));
    EXPECT_TRUE(stream->send(""));
    EXPECT_TRUE(stream->send("data: 2\n\n"));
    // Its end is the end of the handle.
  });
  RawClient client(server.port());
  for (int i = 0; i < 2; ++i) {
    const auto reply = client.get("/");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->body, "data: 1\n\ndata: 2\n\n");
    EXPECT_EQ(reply->headers.find("mcp-session-id"), "abc");
  }
}

TEST(EventStreams, MayBeOpenedLaterFromAnotherThread) {
  Executor executor("later", 2, 100);
  TestServer server([&](Request, ExchangePtr exchange) {
    ASSERT_TRUE(executor.submit([exchange] {
      const auto stream = exchange->open_stream({});
      for (int i = 0; i < 100; ++i) stream->send("data: x\n\n");
    }));
  });
  RawClient client(server.port());
  for (int i = 0; i < 10; ++i) {
    const auto reply = client.get("/");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->body.size(), 900u);
  }
}

TEST(EventStreams, ToHttp10AreEndedByTheConnection) {
  TestServer server(
      [](Request, ExchangePtr exchange) { exchange->open_stream({})->send("data: 1\n\n"); });
  RawClient client(server.port());
  ASSERT_TRUE(client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
  const auto all = client.read_to_end();
  ASSERT_TRUE(all);
  EXPECT_TRUE(all->ends_with("\r\n\r\ndata: 1\n\n")) << *all;
  EXPECT_NE(all->find("Connection: close\r\n"), std::string::npos);
  EXPECT_EQ(all->find("chunked"), std::string::npos);
}

TEST(EventStreams, ToHeadHaveNoBody) {
  TestServer server([](Request, ExchangePtr exchange) {
    EXPECT_FALSE(exchange->open_stream({})->send("data: 1\n\n"));
  });
  RawClient client(server.port());
  ASSERT_TRUE(client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\nHEAD / HTTP/1.1\r\nHost: h\r\n\r\n"));
  EXPECT_EQ(client.read_reply(true)->status, 200);
  EXPECT_EQ(client.read_reply(true)->status, 200);
}

TEST(EventStreams, OutliveEveryDeadlineAndSendHeartbeatsWhenQuiet) {
  ServerOptions options = make_test_options();
  options.timeouts.head = options.timeouts.body = options.timeouts.idle =
      options.timeouts.write_stall = Milliseconds(60);
  options.timeouts.heartbeat = Milliseconds(100);
  StreamServer streams(options);
  RawClient client(streams.server.port());
  ASSERT_TRUE(client.send(make_get("/")));
  const auto stream = streams.wait_for(1)[0];
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(client.read_until("3\r\n:\n\n\r\n")) << i;
  ASSERT_TRUE(stream->send("data: alive\n\n"));
  EXPECT_TRUE(client.read_until("data: alive\n\n"));
  EXPECT_EQ(streams.server->stats().deadlines_missed, 0u);
}

TEST(EventStreams, AreOverWhenTheClientGoes) {
  StreamServer streams;
  for (int how = 0; how < 3; ++how) {
    RawClient client(streams.server.port());
    ASSERT_TRUE(client.send(make_get("/")));
    const auto stream = streams.wait_for(static_cast<std::size_t>(how) + 1).back();
    ASSERT_TRUE(client.read_until("\r\n\r\n"));
    if (how == 0) client.reset();
    if (how == 1) client.close();
    if (how == 2) client.end_output();
    EXPECT_TRUE(eventually([&] { return streams.gone == how + 1; }));
    EXPECT_TRUE(eventually([&] { return !stream->send("data: x\n\n"); }));
  }
  EXPECT_TRUE(eventually([&] { return streams.server->stats().connections_open == 0; }));
}

TEST(EventStreams, ReachTheQuickWhileASlowOneIsCutOff) {
  ServerOptions options = make_test_options();
  options.limits.stream_backlog_bytes_max = 512 * 1024;
  StreamServer streams(options);
  constexpr std::size_t kQuick = 20;
  constexpr int kEvents = 300;  // more than the kernel's buffers take
  RawClient slow;
  slow.set_receive_buffer(4096);
  ASSERT_TRUE(slow.connect(streams.server.port()));
  ASSERT_TRUE(slow.send(make_get("/slow")));
  streams.wait_for(1);
  std::list<RawClient> quick;
  for (std::size_t i = 0; i < kQuick; ++i) {
    quick.emplace_back(streams.server.port());
    ASSERT_TRUE(quick.back().send(make_get("/")));
  }
  const auto all = streams.wait_for(kQuick + 1);

  // The producer goes at the pace of the last of the quick ones, however late that one gets to run.
  const std::string event = "data: " + std::string(32 * 1024, 'x') + "\n\n";
  std::array<std::atomic<int>, kQuick> events_read{};
  std::atomic<int> complete{0};
  std::vector<std::jthread> readers;
  for (RawClient& client : quick) {
    readers.emplace_back([&, &mine = events_read[readers.size()]] {
      for (; mine < kEvents; ++mine) {
        if (!client.read_until("x\n\n")) return;
      }
      if (client.read_until("data: last\n\n")) ++complete;
    });
  }
  for (int i = 0; i < kEvents; ++i) {
    for (const auto& stream : all) stream->send(event);
    const auto keeps_up = [&](const std::atomic<int>& read) { return read >= i - 8; };
    ASSERT_TRUE(eventually([&] { return std::ranges::all_of(events_read, keeps_up); })) << i;
  }
  for (const auto& stream : all) stream->send("data: last\n\n");
  readers.clear();
  EXPECT_EQ(complete, static_cast<int>(kQuick));
  EXPECT_FALSE(all[0]->send(event));
  EXPECT_TRUE(eventually([&] { return streams.server->stats().slow_consumers == 1; }));
  EXPECT_TRUE(eventually([&] { return streams.gone == 1; }));
}

TEST(EventStreams, TakeOneEventLargerThanTheBacklogIfTheClientIsUpToDate) {
  ServerOptions options = make_test_options();
  options.limits.stream_backlog_bytes_max = 64 * 1024;
  StreamServer streams(options);
  RawClient client(streams.server.port());
  ASSERT_TRUE(client.send(make_get("/")));
  const auto stream = streams.wait_for(1)[0];
  const std::string event = "data: " + std::string(3 * 1024 * 1024, 'x') + "\n\n";
  ASSERT_TRUE(stream->send(event));
  stream->close();
  const auto reply = client.read_reply();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->body.size(), event.size());
}

TEST(EventStreams, TakeEventsFromManyThreadsWithoutMixingThem) {
  StreamServer streams;
  RawClient client(streams.server.port());
  ASSERT_TRUE(client.send(make_get("/")));
  const auto stream = streams.wait_for(1)[0];
  std::vector<std::thread> writers;
  for (int w = 0; w < 4; ++w) {
    writers.emplace_back([stream, w] {
      for (int i = 0; i < 500; ++i) {
        stream->send("data: " + std::string(20, static_cast<char>('a' + w)) + "\n\n");
      }
    });
  }
  std::thread closer([&] {
    for (std::thread& writer : writers) writer.join();
    stream->close();
  });
  const auto reply = client.read_reply();
  closer.join();
  ASSERT_TRUE(reply);
  ASSERT_EQ(reply->body.size(), 4u * 500 * 28);
  for (std::size_t at = 0; at < reply->body.size(); at += 28) {
    const std::string event = reply->body.substr(at, 28);
    EXPECT_EQ(event, "data: " + std::string(20, event[6]) + "\n\n");
  }
}

}  // namespace
}  // namespace mcph::http::test
