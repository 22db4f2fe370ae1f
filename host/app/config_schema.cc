#include "app/config_schema.h"

#include <algorithm>
#include <charconv>

#include "base/assert.h"

namespace mcph::app {

namespace {

std::string full_name(const Key& key) {
  return key.section.empty() ? std::string(key.name)
                             : std::string(key.section) + "." + std::string(key.name);
}

// "plugin.todo_api.enabled" -> "plugin.*.enabled", "plugin.todo_api.secrets.key_file" ->
// "plugin.*.secrets.*_file"; everything else stays.
std::string generalise(std::string_view name) {
  constexpr std::string_view kPrefix = "plugin.", kSecrets = ".secrets.", kFile = "_file";
  if (name.substr(0, kPrefix.size()) != kPrefix) return std::string(name);
  const auto dot = name.find('.', kPrefix.size());
  if (dot == std::string_view::npos) return std::string(name);
  const std::string_view rest = name.substr(dot);
  if (!rest.starts_with(kSecrets)) return "plugin.*" + std::string(rest);
  const std::string_view secret = rest.substr(kSecrets.size());
  if (secret.empty() || secret == kFile || secret.find('.') != secret.npos) {
    return std::string(name);
  }
  return std::string("plugin.*.secrets.*") + (secret.ends_with(kFile) ? "_file" : "");
}

std::string_view describe(Kind kind) {
  switch (kind) {
    case Kind::kText:
    case Kind::kSecret:
    case Kind::kPath:
      return "a text in quotes";
    case Kind::kInteger:
      return "a whole number";
    case Kind::kBoolean:
      return "true or false";
    case Kind::kTextList:
      return "a list of texts";
    case Kind::kTable:
      return "a table";
  }
  return "";
}

bool has_kind(const Setting& setting, Kind kind) {
  switch (kind) {
    case Kind::kText:
    case Kind::kSecret:
    case Kind::kPath:
      return std::holds_alternative<std::string>(setting.value);
    case Kind::kInteger:
      return std::holds_alternative<std::int64_t>(setting.value);
    case Kind::kBoolean:
      return std::holds_alternative<bool>(setting.value);
    case Kind::kTextList:
      return std::holds_alternative<std::vector<std::string>>(setting.value);
    case Kind::kTable:
      return std::holds_alternative<json::object>(setting.value);
  }
  return false;
}

std::string check_word(const Key& key, const std::string& text) {
  if (key.words.empty()) return {};
  if (std::find(key.words.begin(), key.words.end(), text) != key.words.end()) return {};
  std::string allowed;
  for (const auto word : key.words) {
    if (!allowed.empty()) allowed += ", ";
    allowed += word;
  }
  return "must be one of: " + allowed;
}

// The texts of ["a", "b"]; only for defaults, which hold no escapes.
std::vector<std::string> parse_text_list(std::string_view text) {
  std::vector<std::string> items;
  for (std::size_t open; (open = text.find('"')) != std::string_view::npos;) {
    const auto close = text.find('"', open + 1);
    ASSERT(close != std::string_view::npos);
    items.emplace_back(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
  return items;
}

}  // namespace

KeyMatch find_key(std::string_view dotted_name) {
  constexpr std::string_view kFile = "_file";
  const std::string name = generalise(dotted_name);
  for (const Key& key : config_keys()) {
    const std::string own = full_name(key);
    if (name == own) return {&key, false};
    if (key.kind == Kind::kSecret && name == own + std::string(kFile)) return {&key, true};
  }
  return {};
}

std::string check_setting(const Key& key, const Setting& setting) {
  if (!has_kind(setting, key.kind)) return "must be " + std::string(describe(key.kind));
  if (const auto* number = std::get_if<std::int64_t>(&setting.value)) {
    if (*number < key.min || *number > key.max) {
      return "must be between " + std::to_string(key.min) + " and " + std::to_string(key.max);
    }
  }
  if (const auto* text = std::get_if<std::string>(&setting.value)) return check_word(key, *text);
  return {};
}

Setting make_default(const Key& key) {
  const std::string_view text = key.default_value;
  ASSERT(!text.empty());
  switch (key.kind) {
    case Kind::kText:
    case Kind::kSecret:
    case Kind::kPath:
      return {std::string(text.substr(1, text.size() - 2)), "default"};
    case Kind::kInteger: {
      std::int64_t number = 0;
      std::from_chars(text.data(), text.data() + text.size(), number);
      return {number, "default"};
    }
    case Kind::kBoolean:
      return {text == "true", "default"};
    case Kind::kTextList:
      return {parse_text_list(text), "default"};
    case Kind::kTable:
      return {json::object{}, "default"};
  }
  return {};
}

}  // namespace mcph::app
