// The one JSON type of the host (Boost.JSON) and the one way to read it: with limits, and without
// the values Boost accepts but JSON cannot write back (infinities).
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mcph {

namespace json = boost::json;

// Error: kInvalid with a message that names the position, never the content.
Result<json::value> parse_json(std::string_view text, std::size_t depth_max,
                               json::storage_ptr storage = {});
Result<json::value> parse_json(std::string_view text);  // with limits::kJsonDepthMax

std::string to_json(const json::value& value);

// Members by name and kind; nothing when absent or of another kind.
const json::value* find(const json::object& object, std::string_view key) noexcept;
const json::object* find_object(const json::object& object, std::string_view key) noexcept;
const json::array* find_array(const json::object& object, std::string_view key) noexcept;
std::optional<std::string_view> find_string(const json::object& object,
                                            std::string_view key) noexcept;
std::optional<std::int64_t> find_int(const json::object& object, std::string_view key) noexcept;
std::optional<bool> find_bool(const json::object& object, std::string_view key) noexcept;

inline std::string_view view(const json::string& s) noexcept {
  return {s.data(), s.size()};
}

}  // namespace mcph
