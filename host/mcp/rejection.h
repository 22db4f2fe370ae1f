// Why a message is refused: the HTTP status and the JSON-RPC error, together, because the protocol
// fixes both. A value type; the functions are the catalogue of every refusal of this module.
#pragma once

#include <string>
#include <string_view>

namespace mcph::mcp {

// Codes of JSON-RPC 2.0 §5.1 and of MCP 2026-07-28.
enum ErrorCode : int {
  kParseError = -32700,
  kInvalidRequest = -32600,
  kMethodNotFound = -32601,
  kInvalidParams = -32602,
  kInternalError = -32603,
  kResourceNotFound = -32002,  // legacy only
  kHeaderMismatch = -32020,
  kMissingRequiredClientCapability = -32021,
  kUnsupportedProtocolVersion = -32022,
};

struct Rejection {
  int status = 400;
  int code = kInvalidRequest;
  std::string message;
  std::string data;       // JSON, or empty
  std::string challenge;  // value of WWW-Authenticate, or empty
  int retry_after_s = 0;  // 0: no Retry-After
  bool with_id = true;    // false: about the HTTP request, not about one JSON-RPC request
};

namespace rejections {

Rejection parse_error(std::string_view why);
Rejection invalid_request(std::string_view why);  // of a readable message: echoes its id
Rejection bad_http_request(int status, std::string_view why);  // no id
Rejection missing_meta(std::string_view what);  // 400, before any header is looked at
Rejection header_mismatch(std::string_view why);
Rejection unsupported_version(std::string_view requested);
Rejection unknown_method_modern();
Rejection unknown_method_legacy();
Rejection invalid_params(std::string_view why);                   // in band: HTTP 200
Rejection internal_error(std::string_view why);                   // in band: HTTP 200
Rejection resource_not_found(std::string_view uri, bool modern);  // in band
// `required` is the ClientCapabilities object the request needs, as JSON.
Rejection missing_capabilities(std::string_view required);
Rejection session_required();
Rejection session_not_found();
Rejection unavailable(std::string_view why);  // 503, worth repeating
Rejection sign_in_again(std::string challenge);
Rejection insufficient_scope(std::string challenge);

}  // namespace rejections
}  // namespace mcph::mcp
