#include "load_loop.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <utility>

#include "process_cpu.h"
#include "reply_reader.h"

namespace {

using Clock = std::chrono::steady_clock;

struct Client {
  int fd = -1;
  ReplyReader reader;
  Clock::time_point sent;
};

class LoadLoop {
 public:
  explicit LoadLoop(const Arguments& arguments)
      : arguments_(arguments), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    address_.sin_family = AF_INET;
    address_.sin_port = htons(arguments.port);
    const std::string host = arguments.host == "localhost" ? "127.0.0.1" : arguments.host;
    if (::inet_pton(AF_INET, host.c_str(), &address_.sin_addr) != 1) {
      throw std::runtime_error("not an IPv4 address: " + host);
    }
  }
  ~LoadLoop() {
    for (const auto& client : clients_) ::close(client->fd);
    ::close(epoll_);
  }
  LoadLoop(const LoadLoop&) = delete;
  LoadLoop& operator=(const LoadLoop&) = delete;

  Measured run() {
    for (std::size_t i = 0; i < arguments_.connections; ++i) {
      clients_.push_back(std::make_unique<Client>());
      connect(*clients_.back());
    }
    work_until(Clock::now() + arguments_.warm_up);
    measured_.latencies_100ns.clear();
    measured_.latencies_100ns.reserve(8'000'000);
    const double cpu_before = server_cpu();
    const auto start = Clock::now();
    work_until(start + arguments_.duration);
    measured_.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    measured_.server_cpu_seconds = server_cpu() - cpu_before;
    return std::move(measured_);
  }

 private:
  double server_cpu() const {
    return arguments_.server_pid ? process_cpu_seconds(*arguments_.server_pid).value_or(0) : 0;
  }

  void connect(Client& client) {
    client.fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto* address = reinterpret_cast<const sockaddr*>(&address_);
    if (::connect(client.fd, address, sizeof address_) != 0) {
      throw std::runtime_error(std::string("cannot connect: ") + std::strerror(errno));
    }
    const int on = 1;
    ::setsockopt(client.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = &client;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, client.fd, &event);
    send_request(client);
  }

  void reconnect(Client& client) {
    ++measured_.reconnects;
    ::close(client.fd);
    client.reader = ReplyReader{};
    connect(client);
  }

  // The socket blocks: requests fit into its buffer, for there is only ever one in it.
  void send_request(Client& client) {
    client.sent = Clock::now();
    const std::string& request = arguments_.request;
    for (std::size_t done = 0; done < request.size();) {
      const ssize_t n =
          ::send(client.fd, request.data() + done, request.size() - done, MSG_NOSIGNAL);
      if (n <= 0) return;  // the next read tells
      done += static_cast<std::size_t>(n);
    }
  }

  void work_until(Clock::time_point end) {
    std::array<epoll_event, 256> events;
    while (Clock::now() < end) {
      const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 100);
      for (int i = 0; i < ready; ++i) {
        read_reply(*static_cast<Client*>(events[static_cast<std::size_t>(i)].data.ptr));
      }
    }
  }

  void read_reply(Client& client) {
    const ssize_t n = ::recv(client.fd, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) {
      problem("the connection was closed before the reply");
      return reconnect(client);
    }
    switch (client.reader.feed({buffer_.data(), static_cast<std::size_t>(n)})) {
      case ReplyReader::Step::kNeedMore:
        return;
      case ReplyReader::Step::kBroken:
        problem("the reply is not HTTP/1.1");
        return reconnect(client);
      case ReplyReader::Step::kComplete:
        break;
    }
    const auto taken = Clock::now() - client.sent;
    check(client.reader);
    measured_.latencies_100ns.push_back(static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(taken).count() / 100));
    if (!client.reader.keep_alive()) return reconnect(client);
    client.reader.reset();
    send_request(client);
  }

  void check(const ReplyReader& reply) {
    if (reply.status() != arguments_.expect_status) {
      problem("status " + std::to_string(reply.status()) + ": " +
              std::string(reply.body().substr(0, 200)));
    } else if (reply.body().find(arguments_.expect_text) == std::string_view::npos) {
      problem("expected text missing: " + std::string(reply.body().substr(0, 200)));
    }
  }

  void problem(std::string what) {
    ++measured_.wrong;
    if (measured_.first_problem.empty()) measured_.first_problem = std::move(what);
  }

  const Arguments& arguments_;
  const int epoll_;
  sockaddr_in address_{};
  std::vector<std::unique_ptr<Client>> clients_;
  std::array<char, 64 * 1024> buffer_;
  Measured measured_;
};

}  // namespace

Measured run_load(const Arguments& arguments) {
  return LoadLoop(arguments).run();
}
