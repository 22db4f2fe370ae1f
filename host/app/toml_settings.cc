#include "app/toml_settings.h"

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <string>

#include "app/config_schema.h"

namespace mcph::app {

namespace {

class Reader {
 public:
  Reader(std::string_view file, Settings& settings, Problems& problems)
      : file_(file), settings_(settings), problems_(problems) {}

  void read(const toml::table& table, const std::string& prefix) {
    for (const auto& [key, node] : table) {
      const std::string name = prefix + std::string(key.str());
      const std::string place = make_place(key.source());
      const toml::table* inner = node.as_table();
      if (find_key(name).key != nullptr) {
        read_value(name, place, node);
      } else if (inner != nullptr && is_section(name)) {
        read(*inner, name + ".");
      } else {
        problems_.push_back(place + ": unknown key " + name);
      }
    }
  }

  std::string make_place(const toml::source_region& source) const {
    return file_ + ":" + std::to_string(source.begin.line) + ":" +
           std::to_string(source.begin.column);
  }

 private:
  // A name that other names continue: "listen", "plugin", "plugin.todo_api" and its "secrets".
  static bool is_section(std::string_view name) {
    if (name == "plugin") return true;
    for (const Key& key : config_keys()) {
      if (key.section == name && !name.empty()) return true;
    }
    constexpr std::string_view kPlugin = "plugin.", kSecrets = ".secrets";
    if (name.substr(0, kPlugin.size()) != kPlugin) return false;
    const auto dot = name.find('.', kPlugin.size());
    return dot == std::string_view::npos || name.substr(dot) == kSecrets;
  }

  void read_value(const std::string& name, const std::string& place, const toml::node& node) {
    Setting setting{{}, place, false};
    if (const auto* text = node.as_string()) {
      setting.value = text->get();
    } else if (const auto* number = node.as_integer()) {
      setting.value = number->get();
    } else if (const auto* truth = node.as_boolean()) {
      setting.value = truth->get();
    } else if (const auto* list = node.as_array()) {
      std::vector<std::string> items;
      if (!read_list(*list, items)) {
        problems_.push_back(place + ": " + name + " must be a list of texts");
        return;
      }
      setting.value = std::move(items);
    } else if (const auto* table = node.as_table()) {
      setting.value = to_object(*table, name);
    } else {
      problems_.push_back(place + ": " + name + " has a kind of value that no key takes");
      return;
    }
    settings_[name] = std::move(setting);
  }

  static bool read_list(const toml::array& list, std::vector<std::string>& items) {
    for (const auto& node : list) {
      const auto* text = node.as_string();
      if (text == nullptr) return false;
      items.push_back(text->get());
    }
    return true;
  }

  json::object to_object(const toml::table& table, const std::string& name) {
    json::object object;
    for (const auto& [key, node] : table) {
      object[key.str()] = to_value(node, name + "." + std::string(key.str()));
    }
    return object;
  }

  json::value to_value(const toml::node& node, const std::string& name) {
    if (const auto* text = node.as_string()) return json::value(text->get());
    if (const auto* number = node.as_integer()) return json::value(number->get());
    if (const auto* truth = node.as_boolean()) return json::value(truth->get());
    if (const auto* table = node.as_table()) return to_object(*table, name);
    if (const auto* list = node.as_array()) {
      json::array items;
      for (const auto& item : *list) items.push_back(to_value(item, name));
      return items;
    }
    if (const auto* real = node.as_floating_point(); real != nullptr && is_finite(real->get())) {
      return json::value(real->get());
    }
    problems_.push_back(make_place(node.source()) + ": " + name +
                        " has a value that JSON does not have");
    return nullptr;
  }

  static bool is_finite(double number) { return number - number == 0; }

  const std::string file_;
  Settings& settings_;
  Problems& problems_;
};

}  // namespace

void read_toml(std::string_view text, std::string_view file, Settings& settings,
               Problems& problems) {
  Reader reader(file, settings, problems);
  const toml::parse_result parsed = toml::parse(text, file);
  if (!parsed) {
    problems.push_back(reader.make_place(parsed.error().source()) + ": " +
                       std::string(parsed.error().description()));
    return;
  }
  reader.read(parsed.table(), "");
}

}  // namespace mcph::app
