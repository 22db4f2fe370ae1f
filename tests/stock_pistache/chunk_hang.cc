// B: the parser steps back by one at the end of the buffer, with an unsigned number.
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>

#include "probes.h"
#include "stock_server.h"
#include "transport/support/raw_client.h"

using mcph::http::test::RawClient;

namespace {

constexpr std::size_t kReadBytes = 4096;  // what Pistache reads at once

}  // namespace

Finding probe_chunk_hang() {
  StockServer server;
  RawClient client(server.port());
  client.set_timeout(mcph::Milliseconds(1000));
  const std::string head = "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  // One chunk, whose data ends so that its CR is the last byte of the first read.
  const std::size_t size = kReadBytes - 1 - head.size() - sizeof "000\r\n" + 1;
  char line[16];
  std::snprintf(line, sizeof line, "%03zx\r\n", size);
  client.send(head + line + std::string(size, 'x') + "\r\n0\r\n\r\n");
  const bool answered = client.read_reply().has_value();
  const double before = server.cpu_seconds();
  std::this_thread::sleep_for(std::chrono::seconds(1));
  const double busy = server.cpu_seconds() - before;
  if (answered) return {false, "answered"};
  return {true,
          "no answer; " + std::to_string(static_cast<int>(busy * 100)) + " % of a core, for ever"};
}
