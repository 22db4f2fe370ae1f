// Settings: what a configuration source said, before anything is made of it. Each value remembers
// its place, so that every complaint can name it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/json.h"

namespace mcph::app {

struct Setting {
  std::variant<std::string, std::int64_t, bool, std::vector<std::string>, json::object> value;
  std::string place;  // "mcp-host.toml:12:3" or "MCPH_LISTEN__PORT"
  bool from_environment = false;
};

// By dotted name: "public_url", "listen.port", "plugin.todo_api.enabled".
using Settings = std::map<std::string, Setting>;
using Problems = std::vector<std::string>;

}  // namespace mcph::app
