#include "http/router.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <utility>

#include "base/assert.h"
#include "base/encoding.h"
#include "http/cors.h"

namespace mcph::http {
namespace {

void add_common_headers(Headers& headers, std::string_view request_id, Cors cors) {
  headers.add("X-Request-Id", request_id);
  if (!headers.find("x-content-type-options")) headers.add("X-Content-Type-Options", "nosniff");
  if (!headers.find("cache-control")) headers.add("Cache-Control", "no-store");
  if (cors == Cors::kAnyone) add_public_cors(headers);
}

// Adds to every answer what all answers share, whoever gives it and when.
class RoutedExchange final : public Exchange {
 public:
  RoutedExchange(ExchangePtr inner, std::string request_id, Cors cors)
      : inner_(std::move(inner)), request_id_(std::move(request_id)), cors_(cors) {}

  void respond(Response response) override {
    add_common_headers(response.headers, request_id_, cors_);
    inner_->respond(std::move(response));
  }
  std::shared_ptr<EventStream> open_stream(Response head) override {
    add_common_headers(head.headers, request_id_, cors_);
    return inner_->open_stream(std::move(head));
  }
  void on_client_gone(std::function<void()> callback) override {
    inner_->on_client_gone(std::move(callback));
  }

 private:
  const ExchangePtr inner_;
  const std::string request_id_;
  const Cors cors_;
};

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> segments;
  while (!path.empty()) {
    path.remove_prefix(1);  // the '/'
    const std::size_t end = std::min(path.find('/'), path.size());
    segments.emplace_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return segments;
}

// What the `{}` stand for, or nothing when the path has another shape.
bool match(const std::vector<std::string>& pattern, const std::vector<std::string>& path,
           std::vector<std::string>& values) {
  if (pattern.size() != path.size()) return false;
  values.clear();
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != "{}") {
      if (pattern[i] != path[i]) return false;
      continue;
    }
    auto value = from_percent(path[i]);
    if (!value || value->empty()) return false;
    values.push_back(std::move(*value));
  }
  return true;
}

std::uint64_t make_base(Random& random) {
  const std::string bytes = random.bytes(sizeof(std::uint64_t));
  std::uint64_t base = 0;
  std::memcpy(&base, bytes.data(), sizeof base);
  return base;
}

}  // namespace

Response make_oauth_refusal(int status, std::string_view error, std::string_view description) {
  std::string body = R"({"error":")";
  body.append(error).append(R"(","error_description":")").append(description).append("\"}");
  return make_json_response(status, std::move(body));
}

Router::Router(OriginPolicy origins, Executor& executor, Random& random, const Log& log,
               MakeRefusal make_refusal)
    : origins_(std::move(origins)),
      executor_(executor),
      log_(log),
      make_refusal_(make_refusal),
      request_id_base_(make_base(random)) {}

Router::Path& Router::get_path(std::string_view path) {
  ASSERT(path.starts_with('/'));
  if (path.find("{}") == std::string_view::npos) return exact_[std::string(path)];
  auto segments = split(path);
  for (auto& pattern : patterns_) {
    if (pattern.segments == segments) return pattern;
  }
  patterns_.push_back({std::move(segments), {}, Cors::kNone});
  return patterns_.back();
}

void Router::add(Method method, std::string_view path, RouteOptions options, Handler handler) {
  Path& entry = get_path(path);
  for (const auto& endpoint : entry.endpoints) ASSERT(endpoint.method != method);
  if (options.cors != Cors::kNone) entry.cors = options.cors;
  entry.endpoints.push_back({method, std::move(options), std::move(handler)});
}

void Router::add_exchange(Method method, std::string_view path, ExchangeHandler handler) {
  Path& entry = get_path(path);
  for (const auto& endpoint : entry.endpoints) ASSERT(endpoint.method != method);
  entry.endpoints.push_back({method, RouteOptions{}, std::move(handler)});
}

const Router::Path* Router::find_path(std::string_view path,
                                      std::vector<std::string>& segments) const {
  const auto exact = exact_.find(path);
  if (exact != exact_.end()) return &exact->second;
  if (patterns_.empty() || !path.starts_with('/')) return nullptr;
  const auto parts = split(path);
  for (const auto& pattern : patterns_) {
    if (match(pattern.segments, parts, segments)) return &pattern;
  }
  return nullptr;
}

const Router::Endpoint* Router::find_endpoint(const Path& path, Method method) noexcept {
  const Endpoint* found = nullptr;
  for (const auto& endpoint : path.endpoints) {
    if (endpoint.method == method) return &endpoint;
    // RFC 9110 §9.3.2: HEAD is GET without the content.
    if (endpoint.method == Method::kGet && method == Method::kHead) found = &endpoint;
  }
  return found;
}

std::string Router::list_methods(const Path& path) {
  std::string methods;
  for (const auto& endpoint : path.endpoints) {
    methods.append(methods.empty() ? "" : ", ").append(to_string(endpoint.method));
    if (endpoint.method == Method::kGet) methods.append(", HEAD");
  }
  return methods;
}

std::string Router::make_request_id() const {
  // splitmix64 of a counter: never twice from one host, as good as never twice from two, and
  // without a system call for each request.
  std::uint64_t z =
      request_id_base_ +
      (request_count_.fetch_add(1, std::memory_order_relaxed) + 1) * 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  z ^= z >> 31;
  return to_hex({reinterpret_cast<const char*>(&z), sizeof z});
}

void Router::handle(Request request, ExchangePtr exchange) const {
  RouteContext context{make_request_id(), {}};
  const Path* path = find_path(request.path(), context.segments);
  const Cors cors = path == nullptr ? Cors::kNone : path->cors;
  auto routed = std::make_shared<RoutedExchange>(std::move(exchange), context.request_id, cors);

  const auto host = request.headers.find("host");
  if (!host || request.headers.count("host") != 1 || !origins_.allows_host(*host)) {
    return routed->respond(make_refusal_(421, "misdirected_request", "this host has another name"));
  }
  if (path == nullptr) return routed->respond(make_refusal_(404, "not_found", "no such resource"));

  if (const Endpoint* found = find_endpoint(*path, request.method)) {
    return run(*found, std::move(request), std::move(context), routed);
  }
  std::string allow = list_methods(*path);
  if (cors == Cors::kAnyone) allow.append(", OPTIONS");
  if (cors == Cors::kAnyone && request.method == Method::kOptions) {
    return routed->respond(make_public_preflight(request, allow));
  }
  Response refusal = make_refusal_(405, "invalid_request", "the method is not allowed here");
  refusal.headers.add("Allow", allow);  // RFC 9110 §15.5.6
  routed->respond(std::move(refusal));
}

Response Router::answer(const Handler& handler, const Request& request,
                        const RouteContext& context) const {
  // The last catch of a request: libraries throw, and so does a lack of memory.
  try {
    return handler(request, context);
  } catch (const std::exception& failure) {
    log_.error(
        "http.handler_failed",
        {{"request_id", context.request_id}, {"path", request.path()}, {"what", failure.what()}});
    return make_refusal_(500, "server_error", "the request could not be completed");
  }
}

void Router::run(const Endpoint& endpoint, Request request, RouteContext context,
                 ExchangePtr exchange) const {
  if (const auto* direct = std::get_if<ExchangeHandler>(&endpoint.handler)) {
    return (*direct)(std::move(request), std::move(context), std::move(exchange));
  }
  const Handler& handler = *std::get_if<Handler>(&endpoint.handler);
  if (endpoint.options.precheck) {
    if (auto refusal = endpoint.options.precheck(request)) {
      return exchange->respond(std::move(*refusal));
    }
  }
  if (request.body.size() > endpoint.options.body_bytes_max) {
    return exchange->respond(make_refusal_(413, "invalid_request", "the body is too large"));
  }
  if (endpoint.options.run == Run::kInline) {
    return exchange->respond(answer(handler, request, context));
  }
  const bool taken =
      executor_.submit([this, &handler, request = std::move(request), context = std::move(context),
                        exchange] { exchange->respond(answer(handler, request, context)); });
  if (taken) return;
  Response busy = make_refusal_(503, "temporarily_unavailable", "too many requests under way");
  busy.headers.add("Retry-After", "1");
  exchange->respond(std::move(busy));
}

}  // namespace mcph::http
