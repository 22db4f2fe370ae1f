// Reads replies from a connection's bytes: enough of HTTP/1.1 to check what a server under test
// sends. Plain replies with Content-Length, and chunked ones (event streams that end).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

class ReplyReader {
 public:
  enum class Step { kNeedMore, kComplete, kBroken };

  Step feed(std::string_view bytes);

  // Of the complete reply.
  int status() const { return status_; }
  std::string_view body() const { return body_; }
  bool keep_alive() const { return keep_alive_; }

  // Ready for the next one; bytes behind the reply are kept.
  void reset();

 private:
  Step read_head();
  Step read_chunks();

  std::string input_;
  std::size_t at_ = 0;  // consumed
  bool head_done_ = false;
  bool chunked_ = false;
  bool keep_alive_ = true;
  std::size_t length_ = 0;
  int status_ = 0;
  std::string chunks_;
  std::string_view body_;
};
