// Who is this client? RFC 6749 §2.3 for the token and revocation endpoints: exactly one of no
// secret (public clients), HTTP Basic, or the secret in the body — the one it registered.
#pragma once

#include <variant>

#include "base/http_message.h"
#include "oauth/client.h"
#include "oauth/errors.h"
#include "oauth/parameters.h"
#include "oauth/parts.h"

namespace mcph::oauth {

std::variant<Client, Refusal> authenticate_client(const Parts& parts, const Request& http,
                                                  const Parameters& parameters);

}  // namespace mcph::oauth
