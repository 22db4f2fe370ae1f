// Token revocation (RFC 7009). A refresh token ends its grant, an access token only itself. 200
// whatever the token was: the answer must not tell whether somebody else's token exists.
#pragma once

#include "base/http_message.h"
#include "oauth/parts.h"

namespace mcph::oauth {

Response revoke_token(const Parts& parts, const Request& http);

}  // namespace mcph::oauth
