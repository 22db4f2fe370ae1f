// bench-epoll PORT: the least a server can do. One thread, one epoll loop, no parsing beyond
// finding the end of the request, the same canned reply. Nothing on this kernel is faster.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "canned_reply.h"

namespace {

// The length of the request at the front of `input`, or 0 if it is not complete.
std::size_t request_length(std::string_view input) {
  const std::size_t head = input.find("\r\n\r\n");
  if (head == std::string_view::npos) return 0;
  static constexpr std::string_view kLength = "Content-Length: ";
  const std::size_t field = input.substr(0, head).find(kLength);
  const std::size_t body = field == std::string_view::npos
                               ? 0
                               : std::strtoul(input.data() + field + kLength.size(), nullptr, 10);
  const std::size_t total = head + 4 + body;
  return total <= input.size() ? total : 0;
}

int listen_on(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  const int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return -1;
  return ::listen(fd, 4096) == 0 ? fd : -1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: bench-epoll PORT\n");
    return 2;
  }
  const int listener = listen_on(static_cast<std::uint16_t>(std::atoi(argv[1])));
  if (listener < 0) {
    std::perror("bench-epoll");
    return 1;
  }
  const std::string reply =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
      std::to_string(kCannedBody.size()) + "\r\n\r\n" + std::string(kCannedBody);
  const int epoll = ::epoll_create1(0);
  const auto watch = [epoll](int fd) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd;
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
  };
  watch(listener);
  std::printf("listening on 127.0.0.1:%s\n", argv[1]);
  std::fflush(stdout);

  std::vector<std::string> inputs(1 << 16);
  std::vector<epoll_event> events(1024);
  std::vector<char> buffer(64 * 1024);
  for (;;) {
    const int ready = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), -1);
    for (int i = 0; i < ready; ++i) {
      const int fd = events[static_cast<std::size_t>(i)].data.fd;
      if (fd == listener) {
        const int client = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
        if (client < 0) continue;
        const int on = 1;
        ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        inputs[static_cast<std::size_t>(client)].clear();
        watch(client);
        continue;
      }
      const ssize_t n = ::recv(fd, buffer.data(), buffer.size(), 0);
      if (n <= 0) {
        ::close(fd);
        continue;
      }
      std::string& input = inputs[static_cast<std::size_t>(fd)];
      input.append(buffer.data(), static_cast<std::size_t>(n));
      while (const std::size_t length = request_length(input)) {
        input.erase(0, length);
        if (::send(fd, reply.data(), reply.size(), MSG_NOSIGNAL) < 0) break;
      }
    }
  }
}
