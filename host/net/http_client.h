// Outgoing HTTP as the rest of the host sees it: one request, one answer, or an Error. Injected
// wherever the network is needed, so that tests can stand in for it. Thread-safe.
//
// Errors: kInvalid (the request must not be sent as it is), kTimeout, kUnavailable (no connection,
// a broken one, an answer that is not HTTP, or cancelled), kLimit (the answer is too large). A
// status of any kind is an answer, not an error. Redirects are never followed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/http_message.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"

namespace mcph::net {

struct HttpRequest {
  Method method = Method::kGet;
  std::string url;       // absolute, http or https
  Headers headers;       // no secrets, and nothing that belongs to framing (Content-Length, …)
  Secret authorization;  // the value of Authorization, or empty
  std::string body;      // overwritten with zeros once the exchange is over
  std::int64_t timeout_ms = 10'000;    // the whole exchange
  std::optional<SteadyTime> deadline;  // an earlier end, if there is one
  std::size_t response_bytes_max = 1024 * 1024;
  std::string tag;  // who asks, for the log: "token", "jwks", "plugin:todo"
};

struct HttpResponse {
  int status = 0;
  Headers headers;  // of the final response; no trailers
  std::string body;
};

// A request under way. Dropping the handle changes nothing. Thread-safe.
class RunningRequest {
 public:
  virtual ~RunningRequest() = default;
  // Gives the request up: its callback comes soon, with kUnavailable unless it just finished.
  virtual void cancel() = 0;
};

class HttpClient {
 public:
  // Called exactly once, on a network thread (or before start() returns): must not block or throw.
  using Done = std::function<void(Result<HttpResponse>)>;

  virtual ~HttpClient() = default;
  virtual std::shared_ptr<RunningRequest> start(HttpRequest request, Done done) = 0;
  // start() and wait. Not from a network thread.
  Result<HttpResponse> send(HttpRequest request);
};

}  // namespace mcph::net
