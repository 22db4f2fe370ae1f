#include "transport/support/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <cerrno>
#include <cstdlib>

namespace mcph::http::test {
namespace {

constexpr Milliseconds kPatience{5000};

struct Head {
  Reply reply;
  std::size_t length = 0;
  bool chunked = false;
};

std::optional<Head> parse_head(std::string_view text) {
  Head head;
  if (!text.starts_with("HTTP/1.1 ") || text.size() < 12) return std::nullopt;
  head.reply.status = std::atoi(text.data() + 9);
  text.remove_prefix(text.find("\r\n") + 2);
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find("\r\n"));
    text.remove_prefix(line.size() + 2);
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) return std::nullopt;
    head.reply.headers.add(line.substr(0, colon), line.substr(colon + 2));
  }
  if (const auto length = head.reply.headers.find("content-length")) {
    head.length = std::strtoul(length->data(), nullptr, 10);
  }
  head.chunked = head.reply.headers.find("transfer-encoding") == "chunked";
  return head;
}

}  // namespace

RawClient::RawClient() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  set_timeout(kPatience);
}

RawClient::RawClient(std::uint16_t port, const char* address) : RawClient() {
  connect(port, address);
}

bool RawClient::connect(std::uint16_t port, const char* address) {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  ::inet_pton(AF_INET, address, &to.sin_addr);
  const int on = 1;
  ::setsockopt(fd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  connected_ = ::connect(fd(), reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
  return connected_;
}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::send(fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

bool RawClient::send_bytewise(std::string_view bytes) {
  for (const char& byte : bytes) {
    if (!send({&byte, 1})) return false;
  }
  return true;
}

RawClient::Got RawClient::read_more() {
  char buffer[16 * 1024];
  const ssize_t n = ::recv(fd(), buffer, sizeof buffer, 0);
  if (n > 0) {
    input_.append(buffer, static_cast<std::size_t>(n));
    return Got::kBytes;
  }
  return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? Got::kTimeout : Got::kEnd;
}

std::optional<Reply> RawClient::read_reply(bool of_head_request) {
  std::size_t end;
  while ((end = input_.find("\r\n\r\n")) == std::string::npos) {
    if (read_more() != Got::kBytes) return std::nullopt;
  }
  auto head = parse_head(std::string_view(input_).substr(0, end + 2));
  if (!head) return std::nullopt;
  input_.erase(0, end + 4);
  if (of_head_request) return std::move(head->reply);
  if (!head->chunked) {
    while (input_.size() < head->length) {
      if (read_more() != Got::kBytes) return std::nullopt;
    }
    head->reply.body = input_.substr(0, head->length);
    input_.erase(0, head->length);
    return std::move(head->reply);
  }
  for (;;) {
    std::size_t line;
    while ((line = input_.find("\r\n")) == std::string::npos) {
      if (read_more() != Got::kBytes) return std::nullopt;
    }
    const std::size_t size = std::strtoul(input_.c_str(), nullptr, 16);
    while (input_.size() < line + 2 + size + 2) {
      if (read_more() != Got::kBytes) return std::nullopt;
    }
    head->reply.body.append(input_, line + 2, size);
    input_.erase(0, line + 2 + size + 2);
    if (size == 0) return std::move(head->reply);
  }
}

std::optional<std::string> RawClient::read_until(std::string_view text) {
  std::size_t at;
  while ((at = input_.find(text)) == std::string::npos) {
    if (read_more() != Got::kBytes) return std::nullopt;
  }
  std::string read = input_.substr(0, at + text.size());
  input_.erase(0, read.size());
  return read;
}

std::optional<std::string> RawClient::read_to_end() {
  for (;;) {
    const Got got = read_more();
    if (got == Got::kTimeout) return std::nullopt;
    if (got == Got::kEnd) return std::exchange(input_, {});
  }
}

bool RawClient::sees_end() {
  return input_.empty() && read_more() == Got::kEnd;
}

void RawClient::end_output() {
  ::shutdown(fd(), SHUT_WR);
}

void RawClient::reset() {
  const linger abort{1, 0};
  ::setsockopt(fd(), SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
  socket_.reset();
}

void RawClient::set_timeout(Milliseconds timeout) {
  const timeval value{timeout.count() / 1000, timeout.count() % 1000 * 1000};
  ::setsockopt(fd(), SOL_SOCKET, SO_RCVTIMEO, &value, sizeof value);
  ::setsockopt(fd(), SOL_SOCKET, SO_SNDTIMEO, &value, sizeof value);
}

void RawClient::set_receive_buffer(int bytes) {
  ::setsockopt(fd(), SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

std::optional<Reply> RawClient::get(std::string_view target) {
  return send(make_get(target)) ? read_reply() : std::nullopt;
}

std::optional<Reply> RawClient::post(std::string_view target, std::string_view body) {
  return send(make_post(target, body)) ? read_reply() : std::nullopt;
}

std::string make_get(std::string_view target) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n\r\n";
}

std::string make_post(std::string_view target, std::string_view body) {
  return "POST " + std::string(target) +
         " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         std::string(body);
}

}  // namespace mcph::http::test
