// Who is this client? RFC 6749 §2.3 for every endpoint that clients call directly: exactly one of
// no secret (public clients), HTTP Basic, the secret in the body, or an assertion signed with the
// client's key (RFC 7523) — the one it registered.
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
