#include "base/json.h"

#include <cmath>

#include "base/limits.h"

namespace mcph {
namespace {

// `1e400` parses to infinity, which would be written as bare Infinity: not JSON.
bool all_finite(const json::value& value) {
  switch (value.kind()) {
    case json::kind::double_:
      return std::isfinite(value.get_double());
    case json::kind::array:
      for (const auto& element : value.get_array()) {
        if (!all_finite(element)) return false;
      }
      return true;
    case json::kind::object:
      for (const auto& member : value.get_object()) {
        if (!all_finite(member.value())) return false;
      }
      return true;
    default:
      return true;
  }
}

Error invalid(std::string message) {
  return Error{Code::kInvalid, std::move(message), {}};
}

}  // namespace

Result<json::value> parse_json(std::string_view text, std::size_t depth_max,
                               json::storage_ptr storage) {
  json::parse_options options;
  options.max_depth = depth_max;
  json::parser parser({}, options);
  parser.reset(std::move(storage));
  json::error_code failure;
  const std::size_t read = parser.write(text.data(), text.size(), failure);
  if (failure) {
    if (failure == json::error::too_deep) return invalid("JSON is nested too deeply");
    return invalid("not valid JSON near byte " + std::to_string(read));
  }
  json::value value = parser.release();
  if (!all_finite(value)) return invalid("a number is out of range");
  return value;
}

Result<json::value> parse_json(std::string_view text) {
  return parse_json(text, limits::kJsonDepthMax);
}

std::string to_json(const json::value& value) {
  return json::serialize(value);
}

const json::value* find(const json::object& object, std::string_view key) noexcept {
  return object.if_contains(key);
}

const json::object* find_object(const json::object& object, std::string_view key) noexcept {
  const json::value* value = find(object, key);
  return value != nullptr ? value->if_object() : nullptr;
}

const json::array* find_array(const json::object& object, std::string_view key) noexcept {
  const json::value* value = find(object, key);
  return value != nullptr ? value->if_array() : nullptr;
}

std::optional<std::string_view> find_string(const json::object& object,
                                            std::string_view key) noexcept {
  const json::value* value = find(object, key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return view(value->get_string());
}

std::optional<std::int64_t> find_int(const json::object& object, std::string_view key) noexcept {
  const json::value* value = find(object, key);
  if (value == nullptr) return std::nullopt;
  if (value->is_int64()) return value->get_int64();
  if (value->is_uint64() && value->get_uint64() <= INT64_MAX) {
    return static_cast<std::int64_t>(value->get_uint64());
  }
  return std::nullopt;
}

std::optional<bool> find_bool(const json::object& object, std::string_view key) noexcept {
  const json::value* value = find(object, key);
  if (value == nullptr || !value->is_bool()) return std::nullopt;
  return value->get_bool();
}

}  // namespace mcph
