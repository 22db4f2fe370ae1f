// Reads typed values out of checked Settings and collects what is missing or wrong. Internal to
// the configuration.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/config_schema.h"
#include "app/settings.h"
#include "base/secret.h"

namespace mcph::app {

// Settings must have passed check_setting(). Every name asked for must be in the schema.
class ConfigReader {
 public:
  // `file` is the configuration file: its folder is where relative paths begin.
  ConfigReader(std::string file, const Settings& settings, Problems& problems);

  std::string text(std::string_view name);
  std::string path(std::string_view name);
  Secret secret(std::string_view name);          // from NAME or NAME_file, but not from both
  bool has_secret(std::string_view name) const;  // one of them, right or wrong
  std::int64_t number(std::string_view name);
  bool truth(std::string_view name);
  std::vector<std::string> texts(std::string_view name);
  std::string table(std::string_view name);  // as JSON

  // Whether anybody gave it a value.
  bool is_set(std::string_view name) const { return find(std::string(name)) != nullptr; }
  // Of the names that begin like this those that got another value than the default.
  std::vector<std::string> names_changed(std::string_view prefix) const;
  // The N of every NAME.N or NAME.N_file that is given.
  std::set<std::string> secret_names(std::string_view name) const;
  // The N of every plugin.N that has a setting.
  std::set<std::string> plugin_names() const;
  // At the place of that key.
  void complain(std::string_view name, const std::string& what);

 private:
  const Setting* find(const std::string& name) const;
  template <class T>
  T get(std::string_view name);

  const std::string file_;
  const Settings& settings_;
  Problems& problems_;
};

}  // namespace mcph::app
