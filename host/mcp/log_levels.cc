#include "mcp/log_levels.h"

#include <array>

namespace mcph::mcp {
namespace {

constexpr std::array<std::string_view, 8> kNames{
    "debug", "info", "notice", "warning", "error", "critical", "alert", "emergency",
};

}  // namespace

std::string_view to_string(Severity severity) noexcept {
  return kNames[static_cast<std::size_t>(severity)];
}

std::optional<Severity> find_severity(std::string_view name) noexcept {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Severity>(i);
  }
  return std::nullopt;
}

Severity to_severity(LogLevel level) noexcept {
  switch (level) {
    case LogLevel::kDebug:
      return Severity::kDebug;
    case LogLevel::kInfo:
      return Severity::kInfo;
    case LogLevel::kWarn:
      return Severity::kWarning;
    case LogLevel::kError:
      break;
  }
  return Severity::kError;
}

}  // namespace mcph::mcp
