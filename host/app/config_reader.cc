#include "app/config_reader.h"

#include <filesystem>

#include "app/secret_file.h"
#include "base/assert.h"

namespace mcph::app {

ConfigReader::ConfigReader(std::string file, const Settings& settings, Problems& problems)
    : file_(std::move(file)), settings_(settings), problems_(problems) {}

const Setting* ConfigReader::find(const std::string& name) const {
  const auto found = settings_.find(name);
  return found == settings_.end() ? nullptr : &found->second;
}

void ConfigReader::complain(std::string_view name, const std::string& what) {
  const Setting* setting = find(std::string(name));
  const std::string& place = setting == nullptr ? file_ : setting->place;
  problems_.push_back(place + ": " + std::string(name) + " " + what);
}

template <class T>
T ConfigReader::get(std::string_view name) {
  const Key* key = find_key(name).key;
  ASSERT(key != nullptr);
  if (const Setting* setting = find(std::string(name))) return std::get<T>(setting->value);
  if (!key->default_value.empty()) return std::get<T>(make_default(*key).value);
  complain(name, "is missing");
  return T{};
}

std::string ConfigReader::text(std::string_view name) {
  return get<std::string>(name);
}

std::string ConfigReader::path(std::string_view name) {
  std::string text = get<std::string>(name);
  const Setting* setting = find(std::string(name));
  if (text.empty() || setting == nullptr || setting->from_environment) return text;
  return std::filesystem::path(file_).parent_path() / text;
}

Secret ConfigReader::secret(std::string_view name) {
  const std::string file_name = std::string(name) + "_file";
  const Setting* inline_setting = find(std::string(name));
  const Setting* file_setting = find(file_name);
  if (inline_setting != nullptr && file_setting != nullptr &&
      inline_setting->from_environment == file_setting->from_environment) {
    complain(name, "and " + file_name + " are both given; one of them is enough");
    return Secret{};
  }
  // The environment wins over the file.
  const bool use_file =
      file_setting != nullptr && (inline_setting == nullptr || file_setting->from_environment);
  if (!use_file) return Secret(get<std::string>(name));
  std::filesystem::path path = std::get<std::string>(file_setting->value);
  if (!file_setting->from_environment) path = std::filesystem::path(file_).parent_path() / path;
  auto loaded = load_secret_file(path);
  if (loaded.ok()) return *std::move(loaded);
  complain(file_name, loaded.error().message);
  return Secret{};
}

bool ConfigReader::has_secret(std::string_view name) const {
  const std::string text(name);
  return find(text) != nullptr || find(text + "_file") != nullptr;
}

std::int64_t ConfigReader::number(std::string_view name) {
  return get<std::int64_t>(name);
}
bool ConfigReader::truth(std::string_view name) {
  return get<bool>(name);
}

std::vector<std::string> ConfigReader::texts(std::string_view name) {
  return get<std::vector<std::string>>(name);
}

std::string ConfigReader::table(std::string_view name) {
  return to_json(get<json::object>(name));
}

std::vector<std::string> ConfigReader::names_changed(std::string_view prefix) const {
  std::vector<std::string> names;
  for (auto at = settings_.lower_bound(std::string(prefix)); at != settings_.end(); ++at) {
    if (!std::string_view(at->first).starts_with(prefix)) break;
    const Key* key = find_key(at->first).key;
    const bool is_default = key != nullptr && !key->default_value.empty() &&
                            make_default(*key).value == at->second.value;
    if (!is_default) names.push_back(at->first);
  }
  return names;
}

std::set<std::string> ConfigReader::secret_names(std::string_view name) const {
  const std::string prefix = std::string(name) + '.';
  std::set<std::string> names;
  for (auto at = settings_.lower_bound(prefix); at != settings_.end(); ++at) {
    if (!at->first.starts_with(prefix)) break;
    std::string one = at->first.substr(prefix.size());
    if (find_key(at->first).is_file) one.resize(one.size() - std::string_view("_file").size());
    names.insert(std::move(one));
  }
  return names;
}

std::set<std::string> ConfigReader::plugin_names() const {
  constexpr std::string_view kPrefix = "plugin.";
  std::set<std::string> names;
  for (auto at = settings_.lower_bound(std::string(kPrefix)); at != settings_.end(); ++at) {
    if (at->first.compare(0, kPrefix.size(), kPrefix) != 0) break;
    const auto dot = at->first.find('.', kPrefix.size());
    names.insert(at->first.substr(kPrefix.size(), dot - kPrefix.size()));
  }
  return names;
}

}  // namespace mcph::app
