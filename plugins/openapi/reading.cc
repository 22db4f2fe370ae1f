#include "reading.h"

#include <cstdint>

namespace openapi {

const Json* find_object(const Json& object, std::string_view name) {
  const Json* value = object.find(name);
  return value != nullptr && value->is_object() ? value : nullptr;
}

const Json* find_array(const Json& object, std::string_view name) {
  const Json* value = object.find(name);
  return value != nullptr && value->is_array() ? value : nullptr;
}

std::optional<std::string> find_text(const Json& object, std::string_view name) {
  const Json* value = object.find(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return value->as_string();
}

bool find_flag(const Json& object, std::string_view name, bool otherwise) {
  const Json* value = object.find(name);
  return value != nullptr && value->kind() == Json::Kind::kBool ? value->as_bool() : otherwise;
}

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t at) -> std::uint32_t {
      return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
    };
    const std::uint32_t first = byte(i);
    const std::size_t length = first < 0x80             ? 1
                               : (first & 0xe0) == 0xc0 ? 2
                               : (first & 0xf0) == 0xe0 ? 3
                               : (first & 0xf8) == 0xf0 ? 4
                                                        : 0;
    if (length == 0) return false;
    std::uint32_t code = length == 1 ? first : first & (0x7fu >> length);
    for (std::size_t next = 1; next < length; ++next) {
      if ((byte(i + next) & 0xc0) != 0x80) return false;
      code = code << 6 | (byte(i + next) & 0x3f);
    }
    constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code < kSmallest[length] || code > 0x10ffff) return false;
    if (code >= 0xd800 && code < 0xe000) return false;
    i += length;
  }
  return true;
}

std::string shorten(std::string text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t end = bytes_max - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  text.resize(end);
  return text + "...";
}

}  // namespace openapi
