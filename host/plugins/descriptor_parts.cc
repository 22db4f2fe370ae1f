#include "plugins/descriptor_parts.h"

#include <algorithm>
#include <cstring>

#include "base/encoding.h"
#include "plugins/limits.h"

namespace mcph::plugins {
namespace {

bool is_icon(const json::value& icon) {
  if (!icon.is_object()) return false;
  const auto src = find_string(icon.get_object(), "src");
  return src && (src->starts_with("https:") || src->starts_with("data:"));
}

// What clients would choke on, in the members this version of MCP knows.
std::optional<std::string> check_extra(const json::object& extra) {
  for (const auto& [name, value] : extra) {
    if ((name == "_meta" || name == "annotations") && !value.is_object()) {
      return std::string(name) + " is no object";
    }
    if (name == "icons") {
      const bool fine = value.is_array() &&
                        std::all_of(value.get_array().begin(), value.get_array().end(), is_icon);
      if (!fine) return "icons is no list of objects with an https: or data: src";
    }
    if (name == "size" && !(value.is_int64() && value.get_int64() >= 0)) {
      return "size is no number of bytes";
    }
  }
  return std::nullopt;
}

}  // namespace

Error refused(std::string why) {
  return Error{Code::kInvalid, std::move(why), {}};
}

Result<std::string> read_text(const char* raw, const std::string& what) {
  if (raw == nullptr) return std::string();
  const std::size_t size = strnlen(raw, kTextBytesMax + 1);
  if (size > kTextBytesMax) return refused(what + " is longer than 64 KiB");
  std::string copy(raw, size);
  if (!is_utf8(copy)) return refused(what + " is not UTF-8 (rule ABI-14)");
  return copy;
}

Result<std::vector<std::string>> read_scopes(const char* raw, const std::string& what) {
  const std::string text = TRY(read_text(raw, what));
  std::vector<std::string> scopes;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string scope = text.substr(at, end - at);
    at = end + 1;
    if (scope.empty()) continue;
    for (const char c : scope) {  // RFC 6749 §3.3
      if (c < 0x21 || c == '"' || c == '\\' || c == 0x7f) return refused(what + " is not valid");
    }
    scopes.push_back(scope);
  }
  return scopes;
}

Result<std::map<std::string, std::string>> read_scope_words(const char* raw) {
  const std::string what = "the words for its scopes";
  const std::string text = TRY(read_text(raw, what));
  const auto parsed = parse_json(text);
  if (!parsed.ok()) return refused(what + ": " + parsed.error().message);
  if (!parsed->is_object()) return refused(what + " are no JSON object");
  std::map<std::string, std::string> words;
  for (const auto& member : parsed->get_object()) {
    const std::string scope(member.key());
    const json::string* sentence = member.value().if_string();
    if (sentence == nullptr || sentence->empty() || sentence->size() > kScopeWordsBytesMax) {
      return refused(what + ": " + scope + " has no text of 1 to " +
                     std::to_string(kScopeWordsBytesMax) + " bytes");
    }
    words.emplace(scope, std::string(*sentence));
  }
  return words;
}

Result<ReadSchema> read_schema(const char* raw, const std::string& what, bool of_object) {
  const std::string text = TRY(read_text(raw, what));
  auto parsed = parse_json(text);
  if (!parsed.ok()) return refused(what + ": " + parsed.error().message);
  auto compiled = schema::Schema::compile(*parsed);
  if (!compiled.ok()) return refused(what + ": " + compiled.error().message);
  if (of_object && !compiled->wants_object()) return refused(what + " must have type object");
  return ReadSchema{to_json(*parsed), std::move(*compiled)};
}

Result<std::string> read_extra(const char* raw, const std::string& what,
                               std::initializer_list<std::string_view> taken) {
  if (raw == nullptr) return std::string();
  const std::string text = TRY(read_text(raw, what));
  const auto parsed = parse_json(text);
  if (!parsed.ok()) return refused(what + ": " + parsed.error().message);
  if (!parsed->is_object()) return refused(what + " is no JSON object");
  for (const std::string_view name : taken) {
    if (parsed->get_object().contains(name)) {
      return refused(what + " has " + std::string(name) + ", which has a field of its own");
    }
  }
  if (const auto complaint = check_extra(parsed->get_object())) {
    return refused(what + ": " + *complaint);
  }
  const std::string line = to_json(*parsed);
  return line.substr(1, line.size() - 2);
}

bool is_item_name(std::string_view name) {
  if (name.empty() || name.size() > kNameBytesMax) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
}

}  // namespace mcph::plugins
