#include "mcp/versions.h"

#include <array>
#include <utility>

namespace mcph::mcp {
namespace {

constexpr std::array<std::pair<std::string_view, Version>, kVersionCount> kVersions{{
    {"2024-11-05", Version::k2024_11_05},
    {"2025-03-26", Version::k2025_03_26},
    {"2025-06-18", Version::k2025_06_18},
    {"2025-11-25", Version::k2025_11_25},
    {"2026-07-28", Version::k2026_07_28},
}};

}  // namespace

std::string_view to_string(Version version) noexcept {
  return kVersions[static_cast<std::size_t>(version) - 1].first;
}

std::optional<Version> find_version(std::string_view text) noexcept {
  for (const auto& [name, version] : kVersions) {
    if (name == text) return version;
  }
  return std::nullopt;
}

Version negotiate(std::string_view requested) noexcept {
  const std::optional<Version> version = find_version(requested);
  return version.has_value() && *version <= kLatestLegacy ? *version : kLatestLegacy;
}

}  // namespace mcph::mcp
