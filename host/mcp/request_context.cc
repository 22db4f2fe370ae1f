#include "mcp/request_context.h"

#include "mcp/client_capabilities.h"
#include "mcp/input_requests.h"
#include "mcp/meta.h"

namespace mcph::mcp {

std::uint16_t RequestContext::capabilities() const {
  if (session != nullptr) return known_capabilities(session->capabilities(), version);
  const json::object* said = message.meta != nullptr
                                 ? find_object(*message.meta, meta_keys::kClientCapabilities)
                                 : nullptr;
  return said != nullptr ? read_capabilities(*said) : std::uint16_t{0};
}

std::optional<Severity> RequestContext::log_level() const {
  if (session != nullptr) return session->log_level();
  if (message.meta == nullptr) return std::nullopt;
  const auto name = find_string(*message.meta, meta_keys::kLogLevel);
  return name.has_value() ? find_severity(*name) : std::nullopt;
}

}  // namespace mcph::mcp
