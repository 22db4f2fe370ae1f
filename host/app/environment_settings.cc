#include "app/environment_settings.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "app/config_schema.h"

namespace mcph::app {

namespace {

constexpr std::string_view kPrefix = "MCPH_";

// "PLUGIN__TODO_API__ENABLED" -> "plugin.todo_api.enabled"
std::string to_dotted(std::string_view name) {
  std::string dotted;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '_' && i + 1 < name.size() && name[i + 1] == '_') {
      dotted += '.';
      ++i;
    } else {
      dotted += name[i] >= 'A' && name[i] <= 'Z' ? static_cast<char>(name[i] - 'A' + 'a') : name[i];
    }
  }
  return dotted;
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> items;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    std::string_view item = text.substr(0, comma);
    while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
    while (!item.empty() && item.back() == ' ') item.remove_suffix(1);
    if (!item.empty()) items.emplace_back(item);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return items;
}

// The value as the key's kind, or as a text, which the check of the kind then refuses.
Setting parse_value(const Key& key, const std::string& text, const std::string& place) {
  Setting setting{text, place, true};
  if (key.kind == Kind::kInteger) {
    std::int64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, number);
    if (error == std::errc{} && at == end) setting.value = number;
  } else if (key.kind == Kind::kBoolean) {
    if (text == "true" || text == "false") setting.value = text == "true";
  } else if (key.kind == Kind::kTextList) {
    setting.value = split_list(text);
  } else if (key.kind == Kind::kTable) {
    auto parsed = parse_json(text);
    if (parsed.ok() && parsed->is_object()) setting.value = std::move(parsed->as_object());
  }
  return setting;
}

bool is_variable_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

class Expander {
 public:
  Expander(const Environment& environment, Problems& problems)
      : environment_(environment), problems_(problems) {}

  void expand(std::string& text, const std::string& place) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      if (text.compare(at, 3, "$${") == 0) {
        out += "${";
        at += 3;
      } else if (text.compare(at, 2, "${") == 0) {
        const auto end = text.find('}', at);
        const auto name =
            find_value(end == std::string::npos ? "" : text.substr(at + 2, end - at - 2), place);
        if (!name) return;
        out += *name;
        at = end + 1;
      } else {
        out += text[at++];
      }
    }
    text = std::move(out);
  }

  void expand(json::value& value, const std::string& place) {
    if (value.is_string()) {
      std::string text(view(value.as_string()));
      expand(text, place);
      value = text;
    } else if (value.is_array()) {
      for (auto& item : value.as_array()) expand(item, place);
    } else if (value.is_object()) {
      for (auto& member : value.as_object()) expand(member.value(), place);
    }
  }

 private:
  std::optional<std::string> find_value(const std::string& name, const std::string& place) {
    if (!is_variable_name(name)) {
      problems_.push_back(place +
                          ": ${ without a variable's name and }; write $${ for the text ${");
      return std::nullopt;
    }
    const auto found = environment_.find(name);
    if (found == environment_.end()) {
      problems_.push_back(place + ": the environment has no variable " + name);
      return std::nullopt;
    }
    return found->second;
  }

  const Environment& environment_;
  Problems& problems_;
};

}  // namespace

void apply_environment(const Environment& environment, Settings& settings, Problems& problems) {
  for (const auto& [variable, text] : environment) {
    if (variable.compare(0, kPrefix.size(), kPrefix) != 0) continue;
    const std::string name = to_dotted(std::string_view(variable).substr(kPrefix.size()));
    const KeyMatch match = find_key(name);
    if (match.key == nullptr) {
      // Without a section it may be somebody else's variable.
      if (name.find('.') != std::string::npos)
        problems.push_back(variable + ": no such key: " + name);
      continue;
    }
    settings[name] =
        match.is_file ? Setting{text, variable, true} : parse_value(*match.key, text, variable);
  }
}

void expand_variables(const Environment& environment, Settings& settings, Problems& problems) {
  Expander expander(environment, problems);
  for (auto& [name, setting] : settings) {
    if (setting.from_environment) continue;
    if (auto* text = std::get_if<std::string>(&setting.value)) {
      expander.expand(*text, setting.place);
    } else if (auto* list = std::get_if<std::vector<std::string>>(&setting.value)) {
      for (auto& item : *list) expander.expand(item, setting.place);
    } else if (auto* table = std::get_if<json::object>(&setting.value)) {
      for (auto& member : *table) expander.expand(member.value(), setting.place);
    }
  }
}

}  // namespace mcph::app
