#include "todo_api/service.h"

#include <optional>

#include "base/encoding.h"
#include "base/json.h"

namespace mcph::todo_api {

namespace {

constexpr std::string_view kList = "/api/todos";
constexpr std::string_view kItem = "/api/todos/";
constexpr std::string_view kRead = "todo_api:read";
constexpr std::string_view kWrite = "todo_api:write";

Response make_error(int status, std::string_view error, std::string_view description) {
  json::object body{{"error", error}, {"error_description", description}};
  return make_json_response(status, to_json(body));
}

// RFC 6750 §3.1: whoever brought no token is told no error.
Response make_unauthorized(std::string_view why) {
  Response response =
      make_error(401, "invalid_token", why.empty() ? "An access token is needed" : why);
  std::string challenge = "Bearer realm=\"todo_api\"";
  if (!why.empty())
    challenge += ", error=\"invalid_token\", error_description=\"" + std::string(why) + "\"";
  response.headers.set("WWW-Authenticate", challenge);
  return response;
}

Response make_forbidden(std::string_view scope) {
  Response response = make_error(403, "insufficient_scope",
                                 "The access token lacks the scope " + std::string(scope));
  response.headers.set("WWW-Authenticate",
                       "Bearer realm=\"todo_api\", error=\"insufficient_scope\", "
                       "scope=\"" +
                           std::string(scope) + "\"");
  return response;
}

Response make_method_refusal(std::string_view allow) {
  Response response = make_error(405, "method_not_allowed", "Not on this path");
  response.headers.set("Allow", allow);
  return response;
}

// The value of Authorization: Bearer (RFC 6750 §2.1).
std::optional<std::string_view> find_bearer(const Request& request) {
  constexpr std::string_view kScheme = "Bearer ";
  const auto value = request.headers.find("Authorization");
  if (!value || value->size() <= kScheme.size()) return std::nullopt;
  if (!iequals(value->substr(0, kScheme.size()), kScheme)) return std::nullopt;
  return value->substr(kScheme.size());
}

// The body as an object, or the answer that refuses it.
std::optional<Response> read_body(const Request& request, json::object& body) {
  if (!iequals(request.content_type(), "application/json")) {
    return make_error(415, "unsupported_media_type", "Send application/json");
  }
  if (request.body.size() > kBodyBytesMax) {
    return make_error(413, "too_large", "The body is too large");
  }
  auto parsed = parse_json(request.body);
  if (!parsed.ok()) return make_error(400, "invalid_json", parsed.error().message);
  if (!parsed->is_object()) return make_error(422, "invalid_body", "Send a JSON object");
  body = std::move(parsed->get_object());
  return std::nullopt;
}

// What is wrong with the text of a to-do; empty when nothing is.
std::string_view judge_text(std::optional<std::string_view> text) {
  if (!text) return "todoText must be a text";
  if (text->find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return "todoText must not be empty";
  }
  if (text->size() > kTextBytesMax) return "todoText is too long";
  if (text->find('\0') != std::string_view::npos) return "todoText holds a character it may not";
  return {};
}

}  // namespace

Service::Service(TokenVerifier& tokens, TodoStore& todos, Faults* faults, Executor& executor,
                 const Log& log)
    : tokens_(tokens), todos_(todos), faults_(faults), executor_(executor), log_(log) {}

void Service::handle(Request request, ExchangePtr exchange) {
  if (faults_ != nullptr) {
    if (request.path() == Faults::kPath) return exchange->respond(faults_->configure(request));
    if (faults_->take(exchange)) return;
  }
  const auto shared = std::make_shared<Request>(std::move(request));
  const bool taken =
      executor_.submit([this, shared, exchange] { exchange->respond(answer(*shared)); });
  if (!taken) exchange->respond(make_error(503, "overloaded", "Try again in a moment"));
}

Response Service::answer(const Request& request) {
  const auto token = find_bearer(request);
  if (!token) return make_unauthorized("");
  const auto owner = tokens_.verify(*token);
  if (owner.ok()) return answer_to(*owner, request);
  if (owner.error().code == Code::kUnauthorized) return make_unauthorized(owner.error().message);
  log_.failure(LogLevel::kWarn, "issuer.unreachable", owner.error());
  return make_error(503, "issuer_unreachable", "The token cannot be checked now");
}

Response Service::answer_to(const Owner& owner, const Request& request) {
  const std::string_view path = request.path();
  json::object body;
  if (path == kList) {
    if (request.method == Method::kGet || request.method == Method::kHead) {
      if (!owner.has_scope(kRead)) return make_forbidden(kRead);
      return respond(200, todos_.load(owner.subject));
    }
    if (request.method != Method::kPost) return make_method_refusal("GET, HEAD, POST");
    if (!owner.has_scope(kWrite)) return make_forbidden(kWrite);
    if (auto refusal = read_body(request, body)) return *std::move(refusal);
    const auto text = find_string(body, "todoText");
    if (const auto wrong = judge_text(text); !wrong.empty()) {
      return make_error(422, "invalid_body", wrong);
    }
    return respond(201, todos_.add(owner.subject, std::string(*text)));
  }
  if (path.substr(0, kItem.size()) == kItem && path.find('/', kItem.size()) == path.npos) {
    const auto id = from_percent(path.substr(kItem.size()));
    if (!id || id->empty() || id->find('\0') != std::string::npos || !is_utf8(*id)) {
      return make_error(404, "not_found", "There is no such to-do");
    }
    const bool is_patch = request.method == Method::kPatch;
    if (!is_patch && request.method != Method::kDelete) return make_method_refusal("PATCH, DELETE");
    if (!owner.has_scope(kWrite)) return make_forbidden(kWrite);
    if (!is_patch) return respond(200, todos_.remove(owner.subject, *id));
    if (auto refusal = read_body(request, body)) return *std::move(refusal);
    const auto completed = find_bool(body, "completed");
    if (!completed) return make_error(422, "invalid_body", "completed must be true or false");
    return respond(200, todos_.set_completed(owner.subject, *id, *completed));
  }
  return make_error(404, "not_found", "There is nothing here");
}

Response Service::respond(int status, Result<std::string> list) const {
  if (list.ok()) {
    Response response = make_json_response(status, "{\"todos\":" + *list + "}");
    response.headers.set("Cache-Control", "no-store");
    return response;
  }
  const Error& error = list.error();
  if (error.code == Code::kNotFound) return make_error(404, "not_found", error.message);
  if (error.code == Code::kLimit) return make_error(422, "too_many", error.message);
  log_.failure(LogLevel::kError, "store.failed", error);
  if (error.code == Code::kUnavailable) {
    return make_error(503, "unavailable", "Try again in a moment");
  }
  return make_error(500, "internal", "That went wrong here");
}

}  // namespace mcph::todo_api
