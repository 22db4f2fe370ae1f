#include "mcp/visit.h"

#include "mcp/versions.h"

namespace mcph::mcp {

std::optional<Rejection> check_session(const Visit& visit) {
  const UniqueHeader& id = visit.headers.session_id;
  if (id.absent()) return rejections::session_required();
  if (id.repeated()) return rejections::bad_http_request(400, "Mcp-Session-Id is repeated");
  if (visit.session == nullptr || visit.session->terminated) return rejections::session_not_found();
  if (visit.store_failed) return rejections::unavailable("The session cannot be checked now");
  return std::nullopt;
}

std::optional<Rejection> check_legacy_version(const McpHeaders& headers) {
  const UniqueHeader& version = headers.protocol_version;
  if (version.absent()) return std::nullopt;  // 2025-03-26 did not have it
  const std::optional<Version> named = find_version(version.value);
  if (version.once() && named.has_value() && *named <= kLatestLegacy) return std::nullopt;
  return rejections::bad_http_request(400, "MCP-Protocol-Version is not supported");
}

}  // namespace mcph::mcp
