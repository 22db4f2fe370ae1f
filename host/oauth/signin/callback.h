// Where the identity provider sends the browser back to: the sign-in becomes a grant and a code for
// the client, or an error the client can understand.
#pragma once

#include "base/http_message.h"
#include "oauth/parts.h"

namespace mcph::oauth {

Response finish_signin(const Parts& parts, const Request& http);

}  // namespace mcph::oauth
