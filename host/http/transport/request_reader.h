// Turns the bytes of a connection into requests, one at a time, and stops at the first byte that is
// not beyond doubt. Belongs to one connection.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/http_message.h"
#include "http/transport/framing_rules.h"
#include "http/transport/options.h"
#include "http/transport/request_parser.h"

namespace mcph::http {

class RequestReader {
 public:
  explicit RequestReader(const Limits& limits);

  enum class Step {
    kNeedMore,  // what was not consumed comes again with the next bytes
    kComplete,  // take() it
    kRefused,   // see refusal(); the rest of the input has no meaning any more
  };
  struct Progress {
    Step step;
    std::size_t consumed;
  };
  Progress feed(std::string_view input);

  // Of the request being read, from its first byte on.
  bool started() const noexcept { return started_; }
  bool head_done() const noexcept { return parser_.facts().head_done; }
  bool awaits_continue() const { return head_done() && expects_continue(parser_.facts()); }
  const Refusal& refusal() const noexcept { return *refusal_; }

  // Of the request just completed.
  bool keep_alive() const noexcept { return parser_.facts().keep_alive; }
  unsigned minor_version() const noexcept { return parser_.facts().minor_version; }
  Method method() const noexcept { return request_.method; }

  // Hands the complete request over.
  Request take();
  // Makes ready for the next one.
  void reset();

 private:
  Progress refuse(Refusal refusal, std::size_t consumed);

  const Limits& limits_;
  Request request_;
  RequestParser parser_;
  std::optional<Refusal> refusal_;
  bool started_ = false;
  bool skipped_blank_line_ = false;
  bool head_checked_ = false;
};

}  // namespace mcph::http
