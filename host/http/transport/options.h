// What a Server is told once, at its creation. Plain values; the defaults are those of production.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/http_message.h"
#include "base/limits.h"
#include "base/time.h"

namespace mcph::http {

// How long each phase of a connection may take. While a handler works on a request there is no
// deadline here: only the operation knows how long it may take.
struct Timeouts {
  Milliseconds tls_handshake{10'000};
  Milliseconds head{10'000};         // from the first byte to the empty line: 408
  Milliseconds body{30'000};         // from the empty line to the last byte: 408
  Milliseconds idle{75'000};         // between requests; longer than a proxy's (nginx: 60 s)
  Milliseconds write_stall{20'000};  // a peer that takes nothing for so long is gone
  Milliseconds linger{2'000};        // after our last byte, for the peer to read it
  Milliseconds heartbeat{15'000};    // a quiet event stream sends a comment
  Milliseconds tick{500};            // how often deadlines are looked at
};

// What one peer may take. Sizes in bytes.
struct Limits {
  std::size_t head_bytes_max = limits::kHttpHeadBytesMax;
  std::size_t target_bytes_max = limits::kHttpTargetBytesMax;
  std::size_t header_count_max = limits::kHttpHeaderCountMax;
  std::size_t body_bytes_max = limits::kHttpBodyBytesMax;
  // Input read ahead while a request is being answered; then the peer has to wait.
  std::size_t read_ahead_bytes_max = 64 * 1024;
  // What a stream's client may lag behind before it is cut off.
  std::size_t stream_backlog_bytes_max = 1024 * 1024;
  // Of all workers together. Connections beyond it wait in the kernel's queue.
  std::size_t connections_max = 20'000;
};

// PEM files: the certificate with its chain, leaf first, and its key.
struct TlsFiles {
  std::string certificate_path;
  std::string key_path;
};

// How the server says no to what it does not pass on: too large, too slow, not HTTP. Called on a
// transport thread.
using MakeServerRefusal = Response (*)(int status, std::string_view why);
Response make_text_refusal(int status, std::string_view why);

struct ServerOptions {
  std::string address = "127.0.0.1";  // "::" serves IPv6 and IPv4
  std::uint16_t port = 0;             // 0: one that is free, see Server::port()
  std::size_t workers = 0;            // 0: one for each core
  std::optional<TlsFiles> tls;
  // A listening socket inherited from a supervisor, used instead of address and port. Owned from
  // then on.
  std::optional<int> listen_fd;
  MakeServerRefusal make_refusal = make_text_refusal;
  Timeouts timeouts;
  Limits limits;
};

}  // namespace mcph::http
