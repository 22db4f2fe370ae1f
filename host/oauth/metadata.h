// The two documents by which clients find their way: authorization-server metadata (RFC 8414) and
// protected-resource metadata (RFC 9728). Pure; everything comes from the settings, nothing from a
// request. Deployed clients refuse null members, so absent means absent.
#pragma once

#include <string>

#include "base/json.h"
#include "oauth/settings.h"

namespace mcph::oauth {

json::object make_server_metadata(const Settings& settings);
json::object make_resource_metadata(const Settings& settings);

// RFC 9728 §3.1: the well-known part goes between host and path of the resource.
std::string resource_metadata_path(const Settings& settings);
std::string resource_metadata_url(const Settings& settings);

}  // namespace mcph::oauth
