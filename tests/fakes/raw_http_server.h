// A server of plain sockets that does exactly what a test tells it, mistakes included. It listens
// on a free loopback port; every connection is served by a thread of its own. Thread-safe.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace mcph::fakes {

class RawHttpServer {
 public:
  class Connection {
   public:
    Connection(int fd, int number) : fd_(fd), number_(number) {}
    // The next request, head and body as received, or nothing when the client went away. Bodies
    // need a Content-Length.
    std::optional<std::string> read_request();
    bool write(std::string_view bytes);
    void reset();                           // RST instead of FIN
    bool is_open();                         // false once the client has closed
    int number() const { return number_; }  // 1 for the first connection

   private:
    const int fd_;
    const int number_;
    std::string buffer_;
  };

  // Serves one connection; it is closed when this returns.
  using Script = std::function<void(Connection&)>;

  explicit RawHttpServer(Script script);
  ~RawHttpServer();
  RawHttpServer(const RawHttpServer&) = delete;
  RawHttpServer& operator=(const RawHttpServer&) = delete;

  std::string url(std::string_view path = "/") const;
  int connections() const { return connections_.load(); }

  // 200 with that body, kept alive.
  static std::string ok(std::string_view body, std::string_view headers = "");
  // Answers every request on a connection with `answer`.
  static Script always(std::string answer);

 private:
  void accept_all();

  const Script script_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> connections_{0};
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::vector<int> open_fds_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace mcph::fakes
