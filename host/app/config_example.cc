#include <algorithm>
#include <string>

#include "app/config_schema.h"

namespace mcph::app {

namespace {

constexpr std::string_view kIntroduction =
    "# Configuration of mcp-host. A line that begins with #key shows a default.\n"
    "#\n"
    "# Texts may hold ${VARIABLE} of the environment. A secret may stand in a file of its own:\n"
    "# NAME_file = \"path\" instead of NAME. Relative paths begin at the folder of this file.\n"
    "# Environment variables override single keys: MCPH_LISTEN__PORT=8443, lists with commas,\n"
    "# MCPH_PLUGIN__TODO_API__ENABLED=false. `mcp-host config check` finds every mistake at "
    "once.\n";

void append_comment(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    out += "# ";
    out += text.substr(0, end);
    out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void append_key(std::string& out, const Key& key) {
  append_comment(out, key.meaning);
  const std::string name(key.name == "*" ? "api_key" : key.name);  // any name
  if (key.kind == Kind::kSecret && key.example == name + "_file") {
    out += name + "_file = \"/etc/mcp-host/" + name + "\"\n";
  } else if (!key.example.empty()) {
    out += name + " = " + std::string(key.example) + "\n";
  } else {
    out += "#" + name + " = " + std::string(key.default_value) + "\n";
  }
}

}  // namespace

std::string make_example_config() {
  std::string out(kIntroduction);
  std::string_view section;
  for (const Key& key : config_keys()) {
    if (key.section != section) {
      section = key.section;
      out += "\n[";
      // Of any plugin.
      out += section.starts_with("plugin.*") ? "plugin.todo_api" : section;
      if (section.starts_with("plugin.*"))
        out += section.substr(std::string_view("plugin.*").size());
      out += "]\n";
    } else if (!key.meaning.empty()) {
      out += '\n';
    }
    append_key(out, key);
  }
  return out;
}

}  // namespace mcph::app
