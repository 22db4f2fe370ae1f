// The public keys a client registers (RFC 7591 §2: jwks). Pure.
#pragma once

#include "base/json.h"
#include "oauth/client.h"
#include "oauth/errors.h"

namespace mcph::oauth {

// Fills client.jwks. A client that authenticates by its key must have one; a private key is
// refused, for whoever sends it to us has lost it.
Verdict read_client_keys(const json::object& metadata, Client& client);

}  // namespace mcph::oauth
