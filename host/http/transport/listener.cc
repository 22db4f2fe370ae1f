#include "http/transport/listener.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

#include "http/transport/peer_address.h"

namespace mcph::http {
namespace {

// The kernel cuts it to net.core.somaxconn.
constexpr int kBacklog = 4096;

void switch_on(int fd, int level, int option) {
  const int on = 1;
  ::setsockopt(fd, level, option, &on, sizeof on);
}

Error cannot_listen(const ServerOptions& options, const char* reason) {
  return {Code::kUnavailable,
          "cannot listen on " + options.address + " port " + std::to_string(options.port) + ": " +
              reason,
          ""};
}

Result<FileDescriptor> open_socket(const ServerOptions& options) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const std::string port = std::to_string(options.port);
  if (const int failed = ::getaddrinfo(options.address.c_str(), port.c_str(), &hints, &found)) {
    return cannot_listen(options, ::gai_strerror(failed));
  }
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(found, ::freeaddrinfo);

  FileDescriptor socket(::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket.valid()) return cannot_listen(options, std::strerror(errno));
  switch_on(socket.get(), SOL_SOCKET, SO_REUSEADDR);
  if (found->ai_family == AF_INET6) {
    const int off = 0;  // "::" is for IPv4 too
    ::setsockopt(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  }
  if (::bind(socket.get(), found->ai_addr, found->ai_addrlen) != 0 ||
      ::listen(socket.get(), kBacklog) != 0) {
    return cannot_listen(options, std::strerror(errno));
  }
  return socket;
}

Result<FileDescriptor> take_over(int fd) {
  FileDescriptor socket(fd);
  int listening = 0;
  socklen_t length = sizeof listening;
  if (::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &length) != 0 || listening == 0) {
    return Error{Code::kInvalid, "the inherited descriptor is not a listening socket", ""};
  }
  ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
  ::fcntl(fd, F_SETFD, FD_CLOEXEC);
  return socket;
}

std::uint16_t port_of(int fd) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  if (::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length) != 0) return 0;
  // The port lies at the same place for both families (RFC 3493 §3.3).
  sockaddr_in v4;
  std::memcpy(&v4, &address, sizeof v4);
  return ntohs(v4.sin_port);
}

}  // namespace

Result<Listener> Listener::create(const ServerOptions& options) {
  FileDescriptor socket =
      options.listen_fd ? TRY(take_over(*options.listen_fd)) : TRY(open_socket(options));
  const std::uint16_t port = port_of(socket.get());
  return Listener(std::move(socket), port);
}

Listener::Accepted Listener::accept() const {
  for (;;) {
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    FileDescriptor socket(::accept4(socket_.get(), reinterpret_cast<sockaddr*>(&address), &length,
                                    SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (socket.valid()) {
      switch_on(socket.get(), IPPROTO_TCP, TCP_NODELAY);
      return {Outcome::kAccepted, std::move(socket), make_peer_text(address)};
    }
    switch (errno) {
      case EINTR:
      case ECONNABORTED:  // this one has gone again; the next may be there
      case EPROTO:
        continue;
      case EMFILE:
      case ENFILE:
      case ENOBUFS:
      case ENOMEM:
        return {Outcome::kNoDescriptors, {}, {}};
      default:
        return {Outcome::kNone, {}, {}};
    }
  }
}

}  // namespace mcph::http
