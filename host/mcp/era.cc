#include "mcp/era.h"

#include "mcp/meta.h"
#include "mcp/versions.h"

namespace mcph::mcp {
namespace {

enum class Named { kNothing, kLegacy, kModern, kUnknown };

Named named_by(const UniqueHeader& version) {
  if (version.absent()) return Named::kNothing;
  if (version.repeated()) return Named::kUnknown;
  const std::optional<Version> known = find_version(version.value);
  if (!known.has_value()) return Named::kUnknown;
  return *known == kModern ? Named::kModern : Named::kLegacy;
}

std::variant<Route, Rejection> classify_request(const Message& message, const McpHeaders& headers) {
  const Named named = named_by(headers.protocol_version);
  if (message.method == "initialize") {
    switch (named) {
      case Named::kNothing:
      case Named::kLegacy:
        return Route::kInitialize;
      case Named::kModern:
        return rejections::header_mismatch("initialize does not exist in this protocol version");
      case Named::kUnknown:
        break;
    }
    return rejections::unsupported_version(headers.protocol_version.value);
  }
  // Modern but without its _meta: the modern checks say what is missing.
  if (named == Named::kModern) return Route::kModernRequest;
  if (named == Named::kUnknown && headers.session_id.absent()) {
    return rejections::unsupported_version(headers.protocol_version.value);
  }
  return Route::kLegacyRequest;
}

}  // namespace

const json::value* find_version_claim(const Message& message) noexcept {
  return message.meta != nullptr ? find(*message.meta, meta_keys::kProtocolVersion) : nullptr;
}

std::variant<Route, Rejection> classify(const Message& message, const McpHeaders& headers) {
  const bool claims = find_version_claim(message) != nullptr;
  const bool modern_header = headers.protocol_version.is(to_string(kModern));
  switch (message.kind) {
    case Message::Kind::kRequest:
      return claims ? std::variant<Route, Rejection>(Route::kModernRequest)
                    : classify_request(message, headers);
    case Message::Kind::kNotification:
      return claims || modern_header ? Route::kModernNotification : Route::kLegacyNotification;
    case Message::Kind::kResponse:
      break;
  }
  // The modern protocol has no requests to clients, so nothing to respond to.
  if (modern_header) return rejections::bad_http_request(400, "A response is not expected here");
  return Route::kLegacyResponse;
}

}  // namespace mcph::mcp
