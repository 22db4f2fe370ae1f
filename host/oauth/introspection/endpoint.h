// Token introspection (RFC 7662): whether a token is good, and for what. A confidential client may
// ask about its own tokens, a resource server that an administrator registered about every access
// token. Whatever else is asked, the answer is `{"active":false}` and does not tell why (§2.2).
#pragma once

#include "base/http_message.h"
#include "oauth/parts.h"

namespace mcph::oauth {

Response introspect_token(const Parts& parts, const Request& http);

}  // namespace mcph::oauth
