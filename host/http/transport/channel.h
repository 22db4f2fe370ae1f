// The two directions of one connection, plain or TLS. Never blocks, never raises SIGPIPE. Owns the
// socket; belongs to its worker.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "http/transport/file_descriptor.h"
#include "http/transport/io_result.h"
#include "http/transport/tls.h"

namespace mcph::http {

class Channel {
 public:
  Channel(FileDescriptor socket, std::unique_ptr<TlsSession> tls) noexcept
      : socket_(std::move(socket)), tls_(std::move(tls)) {}

  int fd() const noexcept { return socket_.get(); }
  bool tls() const noexcept { return tls_ != nullptr; }

  IoStatus handshake() { return tls_ ? tls_->handshake() : IoStatus::kDone; }
  bool handshake_wants_write() const noexcept { return tls_ && tls_->wants_write(); }

  IoResult read(std::span<char> into);
  IoResult write(std::string_view bytes);
  bool has_buffered() const noexcept { return tls_ && tls_->has_buffered(); }

  // No byte follows: the peer sees the end, and we can still read.
  void end_output() noexcept;
  void close() noexcept;

 private:
  FileDescriptor socket_;
  std::unique_ptr<TlsSession> tls_;
};

}  // namespace mcph::http
