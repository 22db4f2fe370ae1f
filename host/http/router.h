// The table of routes of one listener: which method on which path is answered by what, where it
// runs, and what every answer has in common.
//
// A path is an exact text, or has `{}` segments, each standing for one non-empty segment
// (`/admin/v1/clients/{}`). An unknown path is 404, a known one with another method 405 with Allow,
// a foreign Host 421, a body over the route's limit 413, a full executor 503 with Retry-After.
// Every answer carries X-Request-Id and X-Content-Type-Options, and Cache-Control: no-store unless
// its handler said otherwise.
//
// Fill the table first, from one thread; from then on handle() is thread-safe. The executor, the
// log and the handlers must live until the transport stopped.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/executor.h"
#include "base/http_message.h"
#include "base/limits.h"
#include "base/random.h"
#include "http/origin.h"
#include "observability/log.h"

namespace mcph::http {

struct RouteContext {
  std::string request_id;             // the one in X-Request-Id; for logs
  std::vector<std::string> segments;  // what the `{}` stood for, percent-decoded, in order
};

// A handler that computes its answer. Where it runs says Run.
using Handler = std::function<Response(const Request&, const RouteContext&)>;
// A handler that answers by itself, now or later. Called on a transport thread: must not block.
using ExchangeHandler = std::function<void(Request, RouteContext, ExchangePtr)>;

enum class Run {
  kInline,    // on the transport thread: pure computation only
  kBlocking,  // on the executor: SQL, network
};

// Who may read the answers with a script of another origin.
enum class Cors {
  kNone,
  kAnyone,  // endpoints whose security does not rest on cookies; OPTIONS is answered with 204
};

// An answer when the request may not even be looked at: a budget that is spent. Runs on the
// transport thread, so that a flood costs no executor.
using Precheck = std::function<std::optional<Response>(const Request&)>;

struct RouteOptions {
  Run run = Run::kBlocking;
  Cors cors = Cors::kNone;
  std::size_t body_bytes_max = limits::kHttpBodyBytesMax;
  Precheck precheck = {};
};

// How a router says no by itself. `error` is a word of RFC 6749 where there is one.
using MakeRefusal = Response (*)(int status, std::string_view error, std::string_view description);
Response make_oauth_refusal(int status, std::string_view error, std::string_view description);

class Router {
 public:
  Router(OriginPolicy origins, Executor& executor, Random& random, const Log& log,
         MakeRefusal make_refusal = make_oauth_refusal);

  // Adding a method twice on one path is a bug. HEAD is answered by the handler of GET unless it
  // has its own; the transport leaves the body out.
  void add(Method method, std::string_view path, RouteOptions options, Handler handler);
  // For answers that come later or are streams: never runs on the executor.
  void add_exchange(Method method, std::string_view path, ExchangeHandler handler);

  void handle(Request request, ExchangePtr exchange) const;
  const OriginPolicy& origins() const noexcept { return origins_; }

 private:
  struct Endpoint {
    Method method;
    RouteOptions options;
    std::variant<Handler, ExchangeHandler> handler;
  };
  struct Path {
    std::vector<std::string> segments;  // empty: an exact path
    std::vector<Endpoint> endpoints;
    Cors cors = Cors::kNone;
  };

  Path& get_path(std::string_view path);
  const Path* find_path(std::string_view path, std::vector<std::string>& segments) const;
  static const Endpoint* find_endpoint(const Path& path, Method method) noexcept;
  static std::string list_methods(const Path& path);
  void run(const Endpoint& endpoint, Request request, RouteContext context,
           ExchangePtr exchange) const;
  Response answer(const Handler& handler, const Request& request,
                  const RouteContext& context) const;
  std::string make_request_id() const;

  const OriginPolicy origins_;
  Executor& executor_;
  const Log& log_;
  const MakeRefusal make_refusal_;
  const std::uint64_t request_id_base_;
  mutable std::atomic<std::uint64_t> request_count_{0};
  std::map<std::string, Path, std::less<>> exact_;
  std::vector<Path> patterns_;
};

}  // namespace mcph::http
