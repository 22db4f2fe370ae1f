#include "mcp/rejection.h"

#include "base/encoding.h"
#include "mcp/jsonrpc.h"
#include "mcp/limits.h"
#include "mcp/versions.h"

namespace mcph::mcp::rejections {
namespace {

Rejection make(int status, int code, std::string_view message) {
  Rejection rejection;
  rejection.status = status;
  rejection.code = code;
  rejection.message = message;
  return rejection;
}

}  // namespace

Rejection parse_error(std::string_view why) {
  Rejection rejection = make(400, kParseError, why);
  rejection.with_id = false;
  return rejection;
}

Rejection invalid_request(std::string_view why) {
  return make(400, kInvalidRequest, why);
}

Rejection bad_http_request(int status, std::string_view why) {
  Rejection rejection = make(status, kInvalidRequest, why);
  rejection.with_id = false;
  return rejection;
}

Rejection missing_meta(std::string_view what) {
  return make(400, kInvalidParams, "params._meta: " + std::string(what));
}

Rejection header_mismatch(std::string_view why) {
  return make(400, kHeaderMismatch, why);
}

Rejection unsupported_version(std::string_view requested) {
  Rejection rejection = make(400, kUnsupportedProtocolVersion, "Unsupported protocol version");
  // Only what is served without a handshake: `initialize` negotiates the others.
  rejection.data = R"({"supported":[)";
  append_json_string(rejection.data, to_string(kModern));
  rejection.data += R"(],"requested":)";
  // It may come from a header, and those need not be text.
  append_json_string(rejection.data, is_utf8(requested) ? requested : std::string_view{});
  rejection.data += '}';
  return rejection;
}

Rejection unknown_method_modern() {
  return make(404, kMethodNotFound, "Method not found");
}
Rejection unknown_method_legacy() {
  return make(200, kMethodNotFound, "Method not found");
}
Rejection invalid_params(std::string_view why) {
  return make(200, kInvalidParams, why);
}
Rejection internal_error(std::string_view why) {
  return make(200, kInternalError, why);
}

// MCP 2026-07-28, resources: no longer an error code of its own.
Rejection resource_not_found(std::string_view uri, bool modern) {
  Rejection rejection =
      make(200, modern ? kInvalidParams : kResourceNotFound, "Resource not found");
  rejection.data = R"({"uri":)";
  append_json_string(rejection.data, uri);
  rejection.data += '}';
  return rejection;
}

Rejection missing_capabilities(std::string_view required) {
  Rejection rejection = make(400, kMissingRequiredClientCapability,
                             "The client does not declare a capability this needs");
  rejection.data = R"({"requiredCapabilities":)";
  rejection.data += required;
  rejection.data += '}';
  return rejection;
}

Rejection session_required() {
  return bad_http_request(400, "Mcp-Session-Id is required; begin with initialize");
}

Rejection session_not_found() {
  return bad_http_request(404, "Session not found");
}

Rejection unavailable(std::string_view why) {
  Rejection rejection = make(503, kInternalError, why);
  rejection.retry_after_s = limits::kRetryAfterSeconds;
  return rejection;
}

Rejection sign_in_again(std::string challenge) {
  Rejection rejection = make(401, kInvalidRequest, "The user must sign in again");
  rejection.challenge = std::move(challenge);
  return rejection;
}

Rejection insufficient_scope(std::string challenge) {
  Rejection rejection = make(403, kInvalidRequest, "The access token lacks a scope this needs");
  rejection.challenge = std::move(challenge);
  return rejection;
}

}  // namespace mcph::mcp::rejections
