#include "schema/equality.h"

#include <functional>
#include <string_view>

namespace mcph::schema {
namespace {

std::uint64_t mix(std::uint64_t h) noexcept {
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccdULL;
  h ^= h >> 33;
  return h;
}

std::uint64_t hash(std::string_view text) noexcept {
  return std::hash<std::string_view>{}(text);
}

}  // namespace

long double number_of(const json::value& value) noexcept {
  if (value.is_int64()) return static_cast<long double>(value.get_int64());
  if (value.is_uint64()) return static_cast<long double>(value.get_uint64());
  return static_cast<long double>(value.get_double());
}

bool equal(const json::value& a, const json::value& b) noexcept {
  if (a.is_number() && b.is_number()) return number_of(a) == number_of(b);
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case json::kind::null:
      return true;
    case json::kind::bool_:
      return a.get_bool() == b.get_bool();
    case json::kind::string:
      return view(a.get_string()) == view(b.get_string());
    case json::kind::array: {
      const json::array& x = a.get_array();
      const json::array& y = b.get_array();
      if (x.size() != y.size()) return false;
      for (std::size_t i = 0; i < x.size(); ++i) {
        if (!equal(x[i], y[i])) return false;
      }
      return true;
    }
    case json::kind::object: {
      const json::object& x = a.get_object();
      const json::object& y = b.get_object();
      if (x.size() != y.size()) return false;
      for (const auto& member : x) {
        const json::value* other = y.if_contains(member.key());
        if (other == nullptr || !equal(member.value(), *other)) return false;
      }
      return true;
    }
    default:
      return false;
  }
}

std::uint64_t hash(const json::value& value) noexcept {
  switch (value.kind()) {
    case json::kind::null:
      return mix(1);
    case json::kind::bool_:
      return mix(value.get_bool() ? 3 : 2);
    case json::kind::string:
      return mix(hash(view(value.get_string())) + 4);
    case json::kind::array: {
      std::uint64_t h = 5;
      for (const json::value& item : value.get_array()) h = mix(h * 31 + hash(item));
      return h;
    }
    case json::kind::object: {
      std::uint64_t h = 6;  // a sum: the order of members must not matter
      for (const auto& member : value.get_object()) {
        h += mix(hash(std::string_view(member.key())) * 31 + hash(member.value()));
      }
      return mix(h);
    }
    default:
      return mix(std::hash<long double>{}(number_of(value)) + 7);
  }
}

}  // namespace mcph::schema
