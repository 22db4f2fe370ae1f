#include "encode.h"

#include <algorithm>

#include "mcph/call.hpp"
#include "path.h"

namespace openapi {
namespace {

[[noreturn]] void refuse(const std::string& argument, const char* why) {
  throw mcph::Failure(MCPH_E_NOT_FOUND, argument + " " + why);
}

bool is_scalar(const Json& value) {
  return !value.is_null() && !value.is_array() && !value.is_object();
}

std::string scalar(const std::string& argument, const Json& value) {
  if (!is_scalar(value)) refuse(argument, "has a value that cannot be written there");
  return value.is_string() ? value.as_string() : value.write();
}

// Names and values of an object, or the items of an array, each encoded by `encode`, joined.
template <class Encode>
std::string join(const std::string& argument, const Json& value, std::string_view separator,
                 std::string_view equals, Encode encode) {
  std::string out;
  const auto add = [&](const std::string& piece) {
    out += (out.empty() ? "" : std::string(separator)) + piece;
  };
  if (value.is_array()) {
    for (const Json& item : value.items()) add(encode(scalar(argument, item)));
  } else {
    for (const std::string& name : value.names()) {
      add(encode(name) + std::string(equals) + encode(scalar(argument, *value.find(name))));
    }
  }
  return out;
}

std::string simple(const Parameter& parameter, const Json& value,
                   std::string (*encode)(std::string_view)) {
  if (parameter.style == Style::kJson) return encode(value.write());
  if (is_scalar(value)) return encode(scalar(parameter.argument, value));
  if (value.is_null()) refuse(parameter.argument, "has no value");
  return join(parameter.argument, value, ",", parameter.explode ? "=" : ",", encode);
}

void append_pair(std::string& query, std::string_view name, std::string_view encoded_value) {
  if (!query.empty()) query += '&';
  query += percent_encode(name);
  query += '=';
  query += encoded_value;
}

void append_object(std::string& query, const Parameter& parameter, const Json& value) {
  const std::string& argument = parameter.argument;
  const bool deep = parameter.style == Style::kDeepObject;
  for (const std::string& name : value.names()) {
    const std::string encoded = percent_encode(scalar(argument, *value.find(name)));
    append_pair(query, deep ? parameter.name + "[" + name + "]" : name, encoded);
  }
}

void append_list(std::string& query, const std::string& name, const std::string& argument,
                 const Json& value) {
  for (const Json& item : value.items()) {
    append_pair(query, name, percent_encode(scalar(argument, item)));
  }
}

std::string header_text(std::string_view text) {
  return std::string(text);
}

}  // namespace

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~';  // RFC 3986 §2.3
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

std::string encode_in_path(const Parameter& parameter, const Json& value) {
  const std::string raw = simple(parameter, value, header_text);
  if (raw.empty()) refuse(parameter.argument, "must not be empty");
  // A server behind us may decode %2F before it looks for "..", and so may one behind that.
  for (std::size_t at = 0; at <= raw.size();) {
    const std::size_t end = std::min(raw.find_first_of("/\\", at), raw.size());
    if (is_dot_segment(std::string_view(raw).substr(at, end - at))) {
      refuse(parameter.argument, "must not lead to another path");
    }
    at = end + 1;
  }
  if (std::any_of(raw.begin(), raw.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; })) {
    refuse(parameter.argument, "has a control character");
  }
  return simple(parameter, value, percent_encode);
}

void append_to_query(std::string& query, const Parameter& parameter, const Json& value) {
  const std::string& argument = parameter.argument;
  if (value.is_null()) return;
  if (parameter.style == Style::kJson) {
    return append_pair(query, parameter.name, percent_encode(value.write()));
  }
  if (is_scalar(value)) {
    return append_pair(query, parameter.name, percent_encode(scalar(argument, value)));
  }
  if (value.is_object() && (parameter.explode || parameter.style == Style::kDeepObject)) {
    return append_object(query, parameter, value);
  }
  if (value.is_array() && parameter.explode) {
    return append_list(query, parameter.name, argument, value);
  }
  const std::string_view separator = parameter.style == Style::kSpaceDelimited  ? "%20"
                                     : parameter.style == Style::kPipeDelimited ? "%7C"
                                                                                : ",";
  append_pair(query, parameter.name, join(argument, value, separator, separator, percent_encode));
}

std::string encode_in_header(const Parameter& parameter, const Json& value) {
  std::string text = simple(parameter, value, header_text);
  // RFC 9110 §5.5: visible ASCII, and no line of its own.
  if (std::any_of(text.begin(), text.end(), [](char c) { return c < 0x20 || c > 0x7e; })) {
    refuse(parameter.argument, "has a character that a header cannot have");
  }
  return text;
}

void append_to_form(std::string& form, const BodyMember& member, const Json& value) {
  if (value.is_null()) return;
  const auto text = [](const Json& one) {
    return percent_encode(one.is_string() ? one.as_string() : one.write());
  };
  if (!value.is_array()) return append_pair(form, member.name, text(value));
  for (const Json& item : value.items()) append_pair(form, member.name, text(item));
}

}  // namespace openapi
