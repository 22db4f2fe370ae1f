// A client that sends exactly the bytes it is told and sees exactly those that come back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/http_message.h"
#include "base/time.h"
#include "http/transport/file_descriptor.h"

namespace mcph::http::test {

struct Reply {
  int status = 0;
  Headers headers;
  std::string body;
};

// One socket, blocking with timeouts. Not thread-safe.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port, const char* address = "127.0.0.1");
  // Not connected yet; its descriptor exists.
  RawClient();
  bool connect(std::uint16_t port, const char* address = "127.0.0.1");

  bool connected() const { return connected_; }
  int fd() const { return socket_.get(); }

  // False when the peer does not take it.
  bool send(std::string_view bytes);
  // As segments of one byte each.
  bool send_bytewise(std::string_view bytes);

  // The next reply, skipping none; nothing on timeout, end, or bytes that are no reply.
  std::optional<Reply> read_reply(bool of_head_request = false);
  // Until `text` has come; everything read so far, consumed. Nothing on timeout or end.
  std::optional<std::string> read_until(std::string_view text);
  // Until the peer ends; nothing if it does not within the timeout.
  std::optional<std::string> read_to_end();
  // True if the peer ends, or resets, without sending anything more.
  bool sees_end();

  void end_output();
  // Closes with a TCP reset.
  void reset();
  void close() { socket_.reset(); }
  void set_timeout(Milliseconds timeout);
  // Must come before connect().
  void set_receive_buffer(int bytes);

  // Sends a GET and reads the reply.
  std::optional<Reply> get(std::string_view target);
  std::optional<Reply> post(std::string_view target, std::string_view body);

 private:
  enum class Got { kBytes, kEnd, kTimeout };
  Got read_more();

  FileDescriptor socket_;
  bool connected_ = false;
  std::string input_;
};

std::string make_get(std::string_view target);
std::string make_post(std::string_view target, std::string_view body);

}  // namespace mcph::http::test
