// Every scope there is on this host: those the operator names, then those that something a plugin
// offers needs. Pure.
#pragma once

#include <vector>

#include "app/config.h"
#include "mcp/catalog.h"
#include "oauth/settings.h"

namespace mcph::app {

// The words are the operator's, else the plugin's, else they name what the scope opens.
std::vector<oauth::ScopeWords> make_scope_catalogue(const std::vector<ScopeConfig>& configured,
                                                    const mcp::Offers& offers);

}  // namespace mcph::app
