// The table of every configuration key: name, kind, range, default, meaning. The reader checks
// against it, the documented example file is printed from it.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "app/settings.h"

namespace mcph::app {

enum class Kind {
  kText,
  kSecret,  // text; also as NAME_file, the path of a file that holds it
  kPath,    // text; relative ones are relative to the configuration file
  kInteger,
  kBoolean,
  kTextList,
  kTable,  // free; becomes JSON
};

struct Key {
  std::string_view section;  // "" for the top, "plugin.*" for one section a plugin
  std::string_view name;
  Kind kind;
  std::string_view default_value;  // as TOML; empty: none
  std::string_view example;        // as TOML; empty: the default is shown, commented out
  std::string_view meaning;        // lines for the example file
  std::int64_t min = std::numeric_limits<std::int64_t>::min();
  std::int64_t max = std::numeric_limits<std::int64_t>::max();
  std::vector<std::string_view> words;  // the only values of a text, if any are given
};

const std::vector<Key>& config_keys();

// What a dotted name stands for: its key, and whether the NAME_file form of a secret was used.
// `key` is null for names that are not in the table.
struct KeyMatch {
  const Key* key = nullptr;
  bool is_file = false;
};
KeyMatch find_key(std::string_view dotted_name);

// Nothing when the setting fits its key, else one line without the place.
std::string check_setting(const Key& key, const Setting& setting);

// The value of Key::default_value, which must be valid: it stands in this program.
Setting make_default(const Key& key);

// etc/mcp-host.example.toml
std::string make_example_config();

}  // namespace mcph::app
