#include "mcp/modern_checks.h"

#include "mcp/era.h"
#include "mcp/meta.h"

namespace mcph::mcp {
namespace {

using Refused = std::optional<Rejection>;

// Sure to be there and a string: check_meta was before.
std::string_view claimed_version(const ModernRequest& request) {
  return view(find_version_claim(request.message)->get_string());
}

Refused check_meta(const ModernRequest& request) {
  return check_modern_meta(request.message);
}

Refused check_version_agrees(const ModernRequest& request) {
  const UniqueHeader& header = request.headers.protocol_version;
  if (header.absent() || header.is(claimed_version(request))) return std::nullopt;
  return rejections::header_mismatch("MCP-Protocol-Version does not match the body");
}

Refused check_method_agrees(const ModernRequest& request) {
  const UniqueHeader& header = request.headers.method;
  if (header.absent() || header.is(request.message.method)) return std::nullopt;
  return rejections::header_mismatch("Mcp-Method does not match the body");
}

Refused check_version_supported(const ModernRequest& request) {
  const std::string_view claimed = claimed_version(request);
  if (claimed == to_string(kModern)) return std::nullopt;
  return rejections::unsupported_version(claimed);
}

Refused check_headers_present(const ModernRequest& request) {
  if (request.headers.protocol_version.absent()) {
    return rejections::header_mismatch("MCP-Protocol-Version is required");
  }
  if (request.headers.method.absent()) {
    return rejections::header_mismatch("Mcp-Method is required");
  }
  return std::nullopt;
}

Refused check_name_agrees(const ModernRequest& request) {
  if (request.method == nullptr || request.method->named_by.empty()) return std::nullopt;
  const UniqueHeader& header = request.headers.name;
  if (header.absent()) return rejections::header_mismatch("Mcp-Name is required");
  const std::optional<std::string> decoded =
      header.once() ? decode_header_value(header.value) : std::nullopt;
  if (!decoded.has_value()) return rejections::header_mismatch("Mcp-Name is malformed");
  const std::optional<std::string_view> name =
      find_string(*request.message.params, request.method->named_by);
  if (name == *decoded) return std::nullopt;
  return rejections::header_mismatch("Mcp-Name does not match the body");
}

Refused check_method_known(const ModernRequest& request) {
  if (request.method != nullptr) return std::nullopt;
  return rejections::unknown_method_modern();
}

using Check = Refused (*)(const ModernRequest&);

// A mismatch counts before an unsupported version, and a missing _meta before both: clients tell
// the eras apart by which of the three they get.
constexpr Check kChecks[] = {
    check_meta,
    check_version_agrees,
    check_method_agrees,
    check_version_supported,
    check_headers_present,
    check_name_agrees,
    check_method_known,
};

}  // namespace

std::optional<Rejection> check_modern(const ModernRequest& request) {
  for (const Check check : kChecks) {
    if (Refused refused = check(request)) return refused;
  }
  return std::nullopt;
}

}  // namespace mcph::mcp
