#include "http/mcp_route.h"

#include <memory>
#include <utility>

#include "http/header_text.h"
#include "mcp/rejection.h"
#include "mcp/reply.h"

namespace mcph::http {
namespace {

constexpr std::string_view kMethods = "GET, POST, DELETE, OPTIONS";
constexpr std::string_view kRequestHeaders =
    "Authorization, DPoP, Content-Type, Accept, MCP-Protocol-Version, Mcp-Session-Id, Mcp-Method, "
    "Mcp-Name, Last-Event-ID";
constexpr std::string_view kResponseHeaders =
    "Mcp-Session-Id, MCP-Protocol-Version, WWW-Authenticate, DPoP-Nonce, Retry-After, X-Request-Id";

void refuse(const ExchangePtr& exchange, const mcp::Rejection& rejection) {
  exchange->respond(mcp::make_rejection_response({}, rejection));
}

// Lets scripts of an allowed origin read the answer (Fetch standard), whoever gives it.
class CorsExchange final : public Exchange {
 public:
  CorsExchange(ExchangePtr inner, std::string origin)
      : inner_(std::move(inner)), origin_(std::move(origin)) {}

  void respond(Response response) override {
    add_headers(response.headers);
    inner_->respond(std::move(response));
  }
  std::shared_ptr<EventStream> open_stream(Response head) override {
    add_headers(head.headers);
    return inner_->open_stream(std::move(head));
  }
  void on_client_gone(std::function<void()> callback) override {
    inner_->on_client_gone(std::move(callback));
  }

 private:
  void add_headers(Headers& headers) const {
    headers.add("Access-Control-Allow-Origin", origin_);
    headers.add("Access-Control-Expose-Headers", kResponseHeaders);
    headers.add("Vary", "Origin");
  }
  const ExchangePtr inner_;
  const std::string origin_;
};

// Without a token, as browsers send it; it grants nothing but the question.
Response make_preflight(const Request& request) {
  Response response;
  response.status = 204;
  response.headers.add("Access-Control-Allow-Methods", kMethods);
  // Mcp-Param-* headers are named by the tools, so what was asked for is granted by name: a
  // wildcard would not cover Authorization.
  const auto asked = request.headers.find("access-control-request-headers");
  const bool usable = asked && !asked->empty() && is_header_text(*asked);
  response.headers.add("Access-Control-Allow-Headers", usable ? *asked : kRequestHeaders);
  response.headers.add("Access-Control-Max-Age", "7200");
  response.headers.add("Allow", kMethods);
  return response;
}

}  // namespace

std::string McpChallenges::sign_in_again() const {
  return challenge_.invalid_token("the sign-in behind this token has ended");
}

std::string McpChallenges::insufficient_scope(const std::vector<std::string>& scopes) const {
  return challenge_.insufficient_scope(scopes);
}

void McpRoute::add(Router& router, Method method, std::string_view path, Door door) {
  router.add_exchange(method, path,
                      [this, door](Request request, RouteContext, ExchangePtr exchange) {
                        handle(std::move(request), std::move(exchange), door);
                      });
}

void McpRoute::add_to(Router& router, std::string_view path) {
  for (const Method method : {Method::kPost, Method::kGet, Method::kDelete, Method::kOptions}) {
    add(router, method, path, &mcp::Endpoint::handle);
  }
}

void McpRoute::add_sse_to(Router& router) {
  for (const char* path : {mcp::kSsePath, mcp::kSsePathBelowMcp}) {
    add(router, Method::kGet, path, &mcp::Endpoint::open_sse);
    add(router, Method::kOptions, path, &mcp::Endpoint::open_sse);
  }
  add(router, Method::kPost, mcp::kMessagesPath, &mcp::Endpoint::take_sse_message);
  add(router, Method::kOptions, mcp::kMessagesPath, &mcp::Endpoint::take_sse_message);
}

void McpRoute::handle(Request request, ExchangePtr exchange, Door door) {
  // MCP 2025-11-25, transports: an invalid Origin MUST be answered with 403.
  if (const auto origin = request.headers.find("origin"); origin.has_value()) {
    if (request.headers.count("origin") > 1 || !origins_.allows_origin(*origin)) {
      return refuse(exchange, mcp::rejections::bad_http_request(403, "Origin is not allowed"));
    }
    exchange = std::make_shared<CorsExchange>(std::move(exchange), std::string(*origin));
  }
  if (request.method == Method::kOptions) return exchange->respond(make_preflight(request));

  GateOutcome outcome = gate_.check(request);
  switch (outcome.kind) {
    case GateOutcome::Kind::kAdmitted:
      return enter(std::move(request), std::move(exchange), std::move(outcome.caller), door);
    case GateOutcome::Kind::kLookUp:
      return look_up(std::move(request), std::move(exchange), std::move(outcome.token), door);
    case GateOutcome::Kind::kRefused:
      return exchange->respond(std::move(outcome.refusal));
  }
}

void McpRoute::look_up(Request request, ExchangePtr exchange, std::string token, Door door) {
  const auto waiting = std::make_shared<Request>(std::move(request));
  const bool taken = executor_.submit([this, waiting, exchange, door, token = std::move(token)] {
    GateOutcome outcome = gate_.look_up(*waiting, token);
    if (outcome.kind != GateOutcome::Kind::kAdmitted) {
      return exchange->respond(std::move(outcome.refusal));
    }
    enter(std::move(*waiting), exchange, std::move(outcome.caller), door);
  });
  if (!taken) refuse(exchange, mcp::rejections::unavailable("The server is busy"));
}

void McpRoute::enter(Request request, ExchangePtr exchange, CallerPtr caller, Door door) {
  (endpoint_.*door)({std::move(request), std::move(caller), std::move(exchange), this});
}

mcp::StreamAccess McpRoute::access_of(const Request& request) {
  return gate_.watch(request);
}

}  // namespace mcph::http
