#include <array>
#include <utility>

#include "keys/server_key_store.h"

namespace mcph::keys {
namespace {

constexpr std::array<std::pair<KeyState, std::string_view>, 4> kStates{{
    {KeyState::kNext, "next"},
    {KeyState::kActive, "active"},
    {KeyState::kRetired, "retired"},
    {KeyState::kDestroyed, "destroyed"},
}};

}  // namespace

std::string_view to_string(KeyState state) noexcept {
  for (const auto& [known, text] : kStates) {
    if (known == state) return text;
  }
  return kStates.back().second;
}

std::optional<KeyState> parse_key_state(std::string_view text) noexcept {
  for (const auto& [state, known] : kStates) {
    if (known == text) return state;
  }
  return std::nullopt;
}

}  // namespace mcph::keys
