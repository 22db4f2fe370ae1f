// The protocol revisions this host speaks. "Modern" is stateless (2026-07-28); "legacy" begins with
// the initialize handshake and has sessions. Pure, thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mcph::mcp {

// In the order of time: later revisions compare greater. The numbers are part of session ids.
enum class Version : std::uint8_t {
  k2024_11_05 = 1,
  k2025_03_26 = 2,
  k2025_06_18 = 3,
  k2025_11_25 = 4,
  k2026_07_28 = 5,
};

inline constexpr std::size_t kVersionCount = 5;

inline constexpr Version kLatestLegacy = Version::k2025_11_25;
inline constexpr Version kModern = Version::k2026_07_28;

std::string_view to_string(Version version) noexcept;
std::optional<Version> find_version(std::string_view text) noexcept;

// What `initialize` answers: the requested revision if it is ours and legacy, else our latest
// legacy one. Never a modern one.
Version negotiate(std::string_view requested) noexcept;

}  // namespace mcph::mcp
