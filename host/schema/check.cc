#include "schema/check.h"

#include <cmath>

#include "schema/equality.h"

namespace mcph::schema {
namespace {

std::uint8_t type_of(const json::value& value) noexcept {
  switch (value.kind()) {
    case json::kind::null:
      return kNull;
    case json::kind::bool_:
      return kBoolean;
    case json::kind::string:
      return kString;
    case json::kind::array:
      return kArray;
    case json::kind::object:
      return kObject;
    case json::kind::double_:  // 1.0 is an integer (2020-12 core §4.2.3)
      return std::trunc(value.get_double()) == value.get_double() ? kInteger : kFraction;
    default:
      return kInteger;
  }
}

std::string expected(std::uint8_t types) {
  static constexpr std::pair<std::uint8_t, std::string_view> kNames[] = {
      {kString, "string"}, {kBoolean, "boolean"}, {kArray, "array"},
      {kObject, "object"}, {kNull, "null"},
  };
  std::string out;
  const auto add = [&out](std::string_view name) {
    if (!out.empty()) out += " or ";
    out += name;
  };
  for (const auto& [type, name] : kNames) {
    if ((types & type) != 0) add(name);
  }
  if ((types & kFraction) != 0) {
    add("number");
  } else if ((types & kInteger) != 0) {
    add("integer");
  }
  return "expected " + out;
}

// Cut between code points.
std::string_view shorten(std::string_view name) {
  if (name.size() <= kShownNameBytesMax) return name;
  std::size_t end = kShownNameBytesMax;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0) == 0x80) --end;
  return name.substr(0, end);
}

void append_pointer(std::string& out, const Place& place) {
  if (place.parent == nullptr) return;
  append_pointer(out, *place.parent);
  out += '/';
  if (place.is_index) {
    out += std::to_string(place.index);
    return;
  }
  for (const char c : shorten(place.name)) {  // RFC 6901 §3
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
}

bool is_multiple(const json::value& value, long double of) {
  const long double number = number_of(value);
  if (std::fmod(number, of) == 0) return true;
  // 0.0075 is a multiple of 0.0001 although neither is a binary fraction.
  // Beyond 2^50 a double has no digits left to be wrong in.
  const long double times = number / of;
  // A whole number of any size is a multiple of 1/n, however 1/n was rounded.
  const long double parts = std::round(1 / of);
  if (std::trunc(number) == number && parts >= 1 && std::fabs(parts * of - 1) <= 1e-15L)
    return true;
  return std::fabs(times) < 0x1p50L &&
         std::fabs(times - std::round(times)) <= 1e-12L * std::fabs(times);
}

}  // namespace

bool Check::refuse(const Place& place, std::string_view what, std::string_view name) {
  if (silent_ > 0 || !complaint_.empty()) return false;
  append_pointer(complaint_, place);
  if (!complaint_.empty()) complaint_ += ": ";
  complaint_ += what;
  if (!name.empty()) {
    complaint_ += " \"";
    complaint_ += shorten(name);
    complaint_ += '"';
  }
  return false;
}

bool Check::accepts(const Node& node, const json::value& value, const Place& place,
                    Evaluated* evaluated) {
  if (steps_ == 0 || depth_ >= kCheckDepthMax) {
    steps_ = 0;
    return false;
  }
  --steps_;
  ++depth_;
  bool ok = false;
  const bool tracks = (node.object != nullptr && node.object->unevaluated != nullptr) ||
                      (node.array != nullptr && node.array->unevaluated != nullptr);
  if (!tracks) {
    ok = check_value(node, value, place, evaluated);
  } else {
    Evaluated own;
    ok = check_value(node, value, place, &own) && check_unevaluated(node, value, place, own);
    if (ok && evaluated != nullptr && value.is_structured()) {
      // What was left over has been looked at now.
      evaluated->assign(value.is_object() ? value.get_object().size() : value.get_array().size(),
                        true);
    }
  }
  --depth_;
  return ok;
}

bool Check::check_value(const Node& node, const json::value& value, const Place& place,
                        Evaluated* evaluated) {
  if (node.refuses_all) return refuse(place, "no value is allowed here");
  if (node.types != kAnyType && (node.types & type_of(value)) == 0) {
    return refuse(place, expected(node.types));
  }
  if (node.constant && !equal(*node.constant, value)) {
    return refuse(place, "not the one allowed value");
  }
  if (node.enumeration) {
    bool found = false;
    for (const json::value& allowed : *node.enumeration) found = found || equal(allowed, value);
    if (!found) return refuse(place, "not one of the allowed values");
  }
  switch (value.kind()) {
    case json::kind::string:
      if (node.text && !check_text(*node.text, view(value.get_string()), place)) return false;
      break;
    case json::kind::array:
      if (node.array && !check_array(*node.array, value.get_array(), place, evaluated)) {
        return false;
      }
      break;
    case json::kind::object:
      if (node.object && (!check_object(*node.object, value.get_object(), place, evaluated) ||
                          !check_dependents(*node.object, value, place, evaluated))) {
        return false;
      }
      break;
    case json::kind::null:
    case json::kind::bool_:
      break;
    default:
      if (node.number && !check_number(*node.number, value, place)) return false;
  }
  return !node.combination || check_combination(*node.combination, value, place, evaluated);
}

bool Check::check_number(const NumberRules& rules, const json::value& value, const Place& place) {
  const long double number = number_of(value);
  if (rules.minimum && number < *rules.minimum) return refuse(place, "too small");
  if (rules.maximum && number > *rules.maximum) return refuse(place, "too large");
  if (rules.exclusive_minimum && number <= *rules.exclusive_minimum) {
    return refuse(place, "too small");
  }
  if (rules.exclusive_maximum && number >= *rules.exclusive_maximum) {
    return refuse(place, "too large");
  }
  if (rules.multiple_of && !is_multiple(value, *rules.multiple_of)) {
    return refuse(place, "not a multiple of what it should be");
  }
  return true;
}

bool Check::check_size(const SizeBounds& bounds, std::size_t size, std::string_view what,
                       const Place& place) {
  if (size >= bounds.min && size <= bounds.max) return true;
  if (silent_ > 0) return false;
  const bool few = size < bounds.min;
  return refuse(place, std::string(few ? "fewer than " : "more than ") +
                           std::to_string(few ? bounds.min : bounds.max) + " " + std::string(what));
}

bool Check::check_text(const TextRules& rules, std::string_view text, const Place& place) {
  if (rules.length.min > 0 || rules.length.max != kNoMaximum) {
    std::size_t characters = 0;  // code points, not bytes (2020-12 validation §6.3.1)
    for (const char c : text) characters += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    if (!check_size(rules.length, characters, "characters", place)) return false;
  }
  if (rules.pattern && !rules.pattern->found_in(text, steps_)) {
    return refuse(place, "does not match the pattern");
  }
  return true;
}

bool Check::tries(const Node& node, const json::value& value, const Place& place,
                  Evaluated* evaluated) {
  ++silent_;
  Evaluated seen;
  const bool ok = accepts(node, value, place, evaluated != nullptr ? &seen : nullptr);
  --silent_;
  if (ok && evaluated != nullptr && !seen.empty()) {
    if (evaluated->size() < seen.size()) evaluated->resize(seen.size());
    for (std::size_t i = 0; i < seen.size(); ++i) {
      if (seen[i]) (*evaluated)[i] = true;
    }
  }
  return ok;
}

bool Check::check_combination(const CombinationRules& rules, const json::value& value,
                              const Place& place, Evaluated* evaluated) {
  // A failure of these fails the whole, so what a failed branch has marked does not matter.
  for (const NodePtr ref : {rules.ref, rules.dynamic_ref}) {
    if (ref != nullptr && !accepts(*ref, value, place, evaluated)) return false;
  }
  for (const NodePtr node : rules.all_of) {
    if (!accepts(*node, value, place, evaluated)) return false;
  }
  if (!rules.any_of.empty() && !check_any(rules.any_of, value, place, evaluated)) return false;
  if (!rules.one_of.empty() && !check_one(rules.one_of, value, place, evaluated)) return false;
  if (rules.negated != nullptr && tries(*rules.negated, value, place, nullptr)) {
    return refuse(place, "matches what it must not");
  }
  if (rules.condition != nullptr) {
    const NodePtr next =
        tries(*rules.condition, value, place, evaluated) ? rules.then_node : rules.else_node;
    if (next != nullptr && !accepts(*next, value, place, evaluated)) return false;
  }
  return true;
}

bool Check::check_any(const std::vector<NodePtr>& nodes, const json::value& value,
                      const Place& place, Evaluated* evaluated) {
  bool any = false;
  for (const NodePtr node : nodes) {
    any = tries(*node, value, place, evaluated) || any;
    if (any && evaluated == nullptr) return true;  // else every branch may mark something
  }
  return any || refuse(place, "matches none of the allowed forms");
}

bool Check::check_one(const std::vector<NodePtr>& nodes, const json::value& value,
                      const Place& place, Evaluated* evaluated) {
  std::size_t matches = 0;
  for (const NodePtr node : nodes) {
    if (tries(*node, value, place, evaluated) && ++matches > 1) {
      return refuse(place, "matches more than one of the forms that exclude each other");
    }
  }
  return matches == 1 || refuse(place, "matches none of the allowed forms");
}

}  // namespace mcph::schema
