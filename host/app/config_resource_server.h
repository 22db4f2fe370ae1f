// What belongs to [auth] mode = "resource_server", and what cannot go with it. Internal to the
// configuration.
#pragma once

#include <string>

#include "app/config.h"
#include "app/config_reader.h"

namespace mcph::app {

// Of a configuration whose plugins are read already.
void read_resource_server(ConfigReader& reader, Config& config);
// Of any other mode.
void refuse_resource_server(ConfigReader& reader, const Config& config);
// Of a plugin with upstream_token = "presented"; `prefix` is that of its keys.
void check_presented(ConfigReader& reader, const std::string& prefix, const PluginConfig& plugin);

}  // namespace mcph::app
