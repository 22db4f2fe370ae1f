// What a client is told about its registration (RFC 7591 §3.2.1, RFC 7592 §3). Pure.
#pragma once

#include <string_view>

#include "base/json.h"
#include "oauth/client.h"
#include "oauth/settings.h"

namespace mcph::oauth {

// `secret` only where it was just made: nobody can show it again. `registration_token` is what the
// client manages its registration with; empty for one that cannot be managed.
json::object make_client_information(const Settings& settings, const Client& client,
                                     std::string_view secret, std::string_view registration_token);

}  // namespace mcph::oauth
