// The log levels of MCP (those of RFC 5424 §6.2.1), which a client asks for by name, and the host's
// four among them. Pure, thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "observability/log.h"

namespace mcph::mcp {

// The more serious, the greater. The numbers are stored with sessions.
enum class Severity : std::uint8_t {
  kDebug,
  kInfo,
  kNotice,
  kWarning,
  kError,
  kCritical,
  kAlert,
  kEmergency,
};

std::string_view to_string(Severity severity) noexcept;
std::optional<Severity> find_severity(std::string_view name) noexcept;
Severity to_severity(LogLevel level) noexcept;

}  // namespace mcph::mcp
