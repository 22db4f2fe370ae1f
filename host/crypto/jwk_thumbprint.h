// The name of a key by its content (RFC 7638): two keys have the same one only if they are the
// same. Pure.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"

namespace mcph::crypto {

// base64url of the SHA-256 of the key's required members. Nothing for a key type that is not
// verified here.
std::optional<std::string> make_jwk_thumbprint(const json::object& jwk);

}  // namespace mcph::crypto
