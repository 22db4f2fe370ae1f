// Pushed authorization requests (RFC 9126): the client hands its request over directly, proves who
// it is, and sends the browser with a reference only. What the browser carries can then neither be
// read nor changed.
#pragma once

#include "base/http_message.h"
#include "oauth/parts.h"

namespace mcph::oauth {

Response push_request(const Parts& parts, const Request& http);

}  // namespace mcph::oauth
