// The listening socket, shared by all workers.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "http/transport/file_descriptor.h"
#include "http/transport/options.h"

namespace mcph::http {

// Thread-safe once made, until close().
class Listener {
 public:
  // Binds and listens, or takes over the inherited socket.
  static Result<Listener> create(const ServerOptions& options);

  int fd() const noexcept { return socket_.get(); }
  std::uint16_t port() const noexcept { return port_; }

  enum class Outcome {
    kAccepted,
    kNone,           // nobody waits
    kNoDescriptors,  // the process or the machine has run out of them
  };
  struct Accepted {
    Outcome outcome;
    FileDescriptor socket;  // non-blocking, without Nagle's delay
    std::string peer;
  };
  Accepted accept() const;

  // When nobody uses it any more. The port stays known.
  void close() noexcept { socket_.reset(); }

 private:
  Listener(FileDescriptor socket, std::uint16_t port) : socket_(std::move(socket)), port_(port) {}

  FileDescriptor socket_;
  std::uint16_t port_;
};

}  // namespace mcph::http
