// What an administrator sees of the plugins. Implemented by plugins/. Thread-safe, does not block.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace mcph::admin {

struct PluginInfo {
  std::string name;     // file name without its extension
  std::string version;  // what the plugin says of itself; empty when it was not loaded
  bool loaded = false;
  std::string reason;  // why it was not loaded: "disabled", "built for ABI 2", …; else empty
  std::vector<std::string> tools;
  std::size_t calls_running = 0;
  // What a loaded plugin says of itself: "ok", "degraded" or "failing", and why.
  std::string health;
  std::string health_reason;
};

class PluginList {
 public:
  virtual ~PluginList() = default;
  // Sorted by name; those that were refused or are disabled stand in it too.
  virtual std::vector<PluginInfo> list_plugins() const = 0;
};

}  // namespace mcph::admin
