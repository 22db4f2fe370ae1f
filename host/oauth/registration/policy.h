// Who may register a client, and how often (threats 26 and 27): nobody, whoever holds an initial
// access token, or anyone; in any case not more from one network than a quota.
#pragma once

#include <optional>

#include "base/http_message.h"
#include "oauth/parts.h"

namespace mcph::oauth {

// Before the body is read: an answer when the request may not register anything.
std::optional<Response> check_may_register(const Parts& parts, const Request& http);
// When everything else is right: uses the initial access token, where one is needed.
std::optional<Response> use_initial_access_token(const Parts& parts, const Request& http);

}  // namespace mcph::oauth
