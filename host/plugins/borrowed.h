// Texts that cross the boundary: views of the other side's memory, good for the time of one call.
#pragma once

#include <string_view>

#include "mcph/abi.h"

namespace mcph::plugins {

// Empty for a null pointer, whatever its length claims.
inline std::string_view view(mcph_str s) noexcept {
  return s.len != 0 && s.ptr != nullptr ? std::string_view(s.ptr, s.len) : std::string_view();
}
inline mcph_str str(std::string_view text) noexcept {
  return {text.data(), text.size()};
}

}  // namespace mcph::plugins
