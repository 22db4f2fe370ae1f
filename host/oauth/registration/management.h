// A client manages its own registration (RFC 7592), with the registration access token it was given
// when it registered. The token is kept as a hash, and so are secrets: neither can be shown again,
// so a client that reads its registration gets the one it came with and no secret.
#pragma once

#include <string>

#include "base/http_message.h"
#include "oauth/parts.h"

namespace mcph::oauth {

Response read_registration(const Parts& parts, const Request& http, const std::string& client_id);
Response update_registration(const Parts& parts, const Request& http, const std::string& client_id);
Response remove_registration(const Parts& parts, const Request& http, const std::string& client_id);

}  // namespace mcph::oauth
