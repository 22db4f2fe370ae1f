// Dynamic client registration (RFC 7591): any client may introduce itself. What it says is not
// believed, only remembered; a registration nobody uses is forgotten.
#pragma once

#include "base/http_message.h"
#include "oauth/parts.h"

namespace mcph::oauth {

Response register_client(const Parts& parts, const Request& http);

}  // namespace mcph::oauth
