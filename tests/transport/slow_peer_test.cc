// One slow client costs the others nothing, on the one worker they share.
#include <gtest/gtest.h>

#include <list>
#include <mutex>
#include <string>
#include <thread>

#include "transport/support/raw_client.h"
#include "transport/support/test_certificate.h"
#include "transport/support/test_server.h"
#include "transport/support/tls_client.h"

namespace mcph::http::test {
namespace {

ServerOptions one_worker() {
  ServerOptions options = make_test_options();
  options.workers = 1;
  return options;
}

TEST(SlowPeer, ThatDoesNotReadItsReplyStallsNobodyAndBurnsNothing) {
  TestServer server(
      [](Request request, ExchangePtr exchange) {
        exchange->respond(
            text_response(request.target == "/large" ? std::string(32 << 20, 'x') : "small"));
      },
      one_worker());
  std::list<RawClient> slow;
  for (int i = 0; i < 4; ++i) {
    slow.emplace_back(server.port());
    ASSERT_TRUE(slow.back().send(make_get("/large")));
  }
  RawClient quick(server.port());
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(quick.get("/small")->body, "small");
  const double before = process_cpu_seconds();
  std::this_thread::sleep_for(Milliseconds(300));
  EXPECT_LT(process_cpu_seconds() - before, 0.15);
  // And nothing of it is lost when it reads at last.
  EXPECT_EQ(slow.front().read_reply()->body.size(), 32u << 20);
}

// The other way round: a client that sends on and on while it waits for its answer.
TEST(GreedyPeer, IsNotReadWithoutBoundWhileItsRequestIsWorkedOn) {
  std::mutex mutex;
  ExchangePtr pending;
  TestServer server(
      [&](Request, ExchangePtr exchange) {
        const std::lock_guard lock(mutex);
        if (!pending) pending = std::move(exchange);
      },
      one_worker());
  RawClient greedy(server.port());
  ASSERT_TRUE(greedy.send(make_get("/")));
  greedy.set_timeout(Milliseconds(300));
  const std::string piece(64 * 1024, 'x');
  std::size_t taken_bytes = 0;
  while (taken_bytes < (64u << 20) && greedy.send(piece)) taken_bytes += piece.size();
  EXPECT_LT(taken_bytes, 32u << 20);  // what the kernel's buffers take
  const double before = process_cpu_seconds();
  std::this_thread::sleep_for(Milliseconds(200));
  EXPECT_LT(process_cpu_seconds() - before, 0.1);
  const std::lock_guard lock(mutex);
  pending->respond(text_response("done"));
  EXPECT_EQ(greedy.read_reply()->body, "done");
}

TEST(SlowPeer, ThatSpeaksNoTlsStallsNobody) {
  const TestCertificate certificate("localhost");
  ServerOptions options = one_worker();
  options.tls = certificate.files();
  TestServer server(echo, options);
  std::list<RawClient> silent;
  for (int i = 0; i < 50; ++i) silent.emplace_back(server.port());
  std::thread trickle([&silent] {
    // The beginning of a ClientHello, byte by byte.
    for (const char byte : {'\x16', '\x03', '\x01', '\x02', '\x00', '\x01'}) {
      for (RawClient& client : silent) client.send({&byte, 1});
      std::this_thread::sleep_for(Milliseconds(10));
    }
  });
  for (int i = 0; i < 20; ++i) {
    TlsClient client(server.port());
    ASSERT_TRUE(client.established());
    ASSERT_TRUE(client.send(make_get("/a")));
    EXPECT_NE(client.read_until("GET\n/a\n").find("200 OK"), std::string::npos);
  }
  trickle.join();
}

TEST(SlowPeer, ThatDoesNotFinishTheHandshakeIsCutOff) {
  const TestCertificate certificate("localhost");
  ServerOptions options = one_worker();
  options.tls = certificate.files();
  options.timeouts.tls_handshake = Milliseconds(100);
  TestServer server(echo, options);
  RawClient silent(server.port());
  RawClient begins(server.port());
  ASSERT_TRUE(begins.send("\x16\x03\x01"));
  EXPECT_TRUE(silent.sees_end());
  EXPECT_TRUE(begins.sees_end());
  EXPECT_TRUE(eventually([&] { return server->stats().deadlines_missed == 2; }));
}

}  // namespace
}  // namespace mcph::http::test
