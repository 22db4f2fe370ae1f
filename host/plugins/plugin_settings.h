// The configuration of plugins, as plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/secret.h"
#include "plugins/upstream_token_source.h"

namespace mcph::plugins {

struct PluginSettings {
  bool enabled = true;
  std::string config_json = "{}";  // given to start(); checked against the plugin's schema
  // What the plugin may reach: "https://api.example.com", "http://127.0.0.1:8787". A bare host
  // means https. Cleartext to anything but loopback must be written out.
  std::vector<std::string> allowed_hosts;
  UpstreamApi upstream;  // whose tokens its calls carry; empty: those of the sign-in
  std::map<std::string, Secret, std::less<>> secrets;  // by name: what "mcph.secret/1" gives out
  bool raw_token = false;                              // may see the user's upstream token itself
  std::int64_t timeout_ms = 30'000;
  // The bulkhead: a slow plugin takes this many threads of the executor and no more.
  std::size_t running_max = 16;
  std::size_t queued_max = 256;
};

struct RegistrySettings {
  std::string directory;          // every *.so in it is loaded, in the order of the names
  std::string runtime_directory;  // where private copies go; made when absent, for us alone
  std::string host_version = "0.1.0";
  PluginSettings defaults;                        // for files that `plugins` does not name
  std::map<std::string, PluginSettings> plugins;  // by file name without .so
};

}  // namespace mcph::plugins
