// The section [pingone]: who signs users in, or issues the tokens they come with. Internal to the
// configuration.
#pragma once

#include "app/config.h"
#include "app/config_reader.h"

namespace mcph::app {

// For a host that signs users in there.
PingOneConfig read_pingone(ConfigReader& reader);
// For one that takes its tokens; with a client of ours only if it exchanges them.
PingOneConfig read_token_issuer(ConfigReader& reader, bool exchanges);

}  // namespace mcph::app
