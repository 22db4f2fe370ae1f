// The door of a protected resource: a request in, its caller or a refusal out. The bearer gate asks
// for an access token; the open gate lets everybody in as one local user. Thread-safe.
//
// On a transport thread: check(). It answers most requests without I/O; kLookUp means that the
// token has to be looked up, by look_up() on an executor.
#pragma once

#include <string>
#include <string_view>

#include "base/caller.h"
#include "base/http_message.h"
#include "mcp/subscriptions/stream_access.h"

namespace mcph::http {

struct GateOutcome {
  enum class Kind {
    kAdmitted,  // `caller`
    kLookUp,    // `token`
    kRefused,   // `refusal`, complete: 400, 401 or 503
  };
  Kind kind = Kind::kRefused;
  CallerPtr caller;
  std::string token;
  Response refusal;
};

class Gate {
 public:
  virtual ~Gate() = default;
  // No I/O.
  virtual GateOutcome check(const Request& request) const = 0;
  // Of the same request, with its token. Blocks; never kLookUp.
  virtual GateOutcome look_up(const Request& request, std::string_view token) const = 0;
  // How an answer that lasts learns that its caller is no longer welcome. Of a request that was
  // admitted; valid as long as the gate is.
  virtual mcp::StreamAccess watch(const Request& request) const = 0;
};

}  // namespace mcph::http
