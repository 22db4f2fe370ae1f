// The defects that one or two connections show every time.
#include "probes.h"

#include <chrono>
#include <cstdio>
#include <list>
#include <string>
#include <thread>

#include "stock_server.h"
#include "transport/support/raw_client.h"
#include "transport/support/test_certificate.h"
#include "transport/support/tls_client.h"

using mcph::http::test::make_get;
using mcph::http::test::RawClient;
using mcph::http::test::TestCertificate;
using mcph::http::test::TlsClient;

namespace {

std::string seconds_text(std::chrono::steady_clock::duration taken) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f s", std::chrono::duration<double>(taken).count());
  return text;
}

// The fate of a server that ought to live on.
Finding expect_alive(StockServer& server) {
  for (int i = 0; i < 100; ++i) {
    if (!server.alive()) return {true, "the process was " + server.how_it_ended()};
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return {false, "the process lives on"};
}

}  // namespace

Finding probe_smuggling() {
  StockServer server;
  RawClient client(server.port());
  client.set_timeout(mcph::Milliseconds(500));
  client.send(
      "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n");
  const auto refusal = client.read_reply();
  client.send(make_get("/smuggled"));
  const auto smuggled = client.read_reply();
  if (!smuggled || smuggled->body != "/smuggled") return {false, "the connection ended"};
  return {true, "after a " + std::to_string(refusal ? refusal->status : 0) +
                    ", a request inside the body was answered"};
}

Finding probe_slow_reader() {
  StockServer server;
  RawClient slow(server.port());
  slow.send(make_get("/large"));
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  const double before = server.cpu_seconds();
  RawClient other(server.port());
  other.set_timeout(mcph::Milliseconds(2000));
  const bool served = other.get("/other").has_value();
  const double busy = server.cpu_seconds() - before;
  if (served) return {false, "others are served"};
  return {true, "another client waited 2 s in vain, in which the server used " +
                    std::to_string(static_cast<int>(busy * 1000)) + " ms of CPU"};
}

Finding probe_foreign_flush() {
  StockServer server;
  std::list<RawClient> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back(server.port());
    clients.back().send(make_get("/stream-thread"));
  }
  return expect_alive(server);
}

Finding probe_stream_timeout() {
  StockServer server({.header_timeout_s = 1});
  RawClient client(server.port());
  client.send(make_get("/stream"));
  const auto seen = client.read_until("HTTP/1.1 408");
  if (!seen) return {false, "the stream stays clean"};
  return {true, "\"HTTP/1.1 408\" after the event"};
}

Finding probe_silent_tls_client() {
  const TestCertificate certificate("localhost");
  StockServer server({.certificate_path = certificate.files().certificate_path,
                      .key_path = certificate.files().key_path});
  RawClient silent(server.port());
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  const auto start = std::chrono::steady_clock::now();
  const TlsClient other(server.port(), {0, ""});
  const auto taken = std::chrono::steady_clock::now() - start;
  return {taken > std::chrono::seconds(2),
          "another client's handshake took " + seconds_text(taken)};
}

Finding probe_pipelining() {
  StockServer server;
  RawClient client(server.port());
  client.set_timeout(mcph::Milliseconds(1000));
  client.send(make_get("/first") + make_get("/second"));
  const auto first = client.read_reply();
  const auto second = client.read_reply();
  if (second) return {false, "both were answered"};
  return {first.has_value(), "the second of two requests in one segment was never answered"};
}

Finding probe_foreign_exception() {
  StockServer server;
  RawClient client(server.port());
  client.send(make_get("/throw"));
  return expect_alive(server);
}
