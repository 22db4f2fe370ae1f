// What may stand in a header value. Everything that did not come from a literal is checked with
// this before it is sent: a CR or LF would let its author write headers of their own.
#pragma once

#include <algorithm>
#include <string_view>

namespace mcph::http {

// Visible ASCII and spaces (RFC 9110 §5.5, without the obsolete bytes above 0x7f).
inline bool is_header_text(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

}  // namespace mcph::http
