// Client metadata of a registration request (RFC 7591 §2): read, checked, reduced to what we offer.
#pragma once

#include <variant>

#include "base/json.h"
#include "oauth/client.h"
#include "oauth/errors.h"
#include "oauth/settings.h"

namespace mcph::oauth {

// Everything of a Client but id, secrets and times. Unknown members are ignored (§2); grant types
// we do not have are left out, as §3.2.1 allows.
std::variant<Client, Refusal> read_metadata(const Settings& settings, const json::object& metadata);

// Of a resource server, which only an administrator registers: it has a name and a secret, but no
// redirect URI and no grant type, so that it can never be given a token.
std::variant<Client, Refusal> read_resource_server_metadata(const Settings& settings,
                                                            const json::object& metadata);

}  // namespace mcph::oauth
