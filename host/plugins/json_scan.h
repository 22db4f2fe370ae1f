// Is this text JSON? Asked of everything a plugin says before it is passed on as text.
// Strict (RFC 8259, UTF-8 checked), without a DOM and without allocation. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace mcph::plugins {

struct ScannedObject {
  std::string_view type;  // of its first member "type", when that is a string without escapes
  bool has_text = false;  // a member "text" is a string
  std::size_t members = 0;
};

// Nothing when the text is anything but one JSON object.
std::optional<ScannedObject> scan_json_object(std::string_view text);
// Any JSON value.
bool is_json(std::string_view text);

}  // namespace mcph::plugins
