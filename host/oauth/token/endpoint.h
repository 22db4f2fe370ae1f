// The token endpoint (RFC 6749 §3.2). A request without grant_type but with `token` is a
// revocation: an older server of this kind had both at one address.
#pragma once

#include "base/http_message.h"
#include "oauth/parts.h"

namespace mcph::oauth {

Response exchange_token(const Parts& parts, const Request& http);

}  // namespace mcph::oauth
