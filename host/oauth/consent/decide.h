// Takes the person's decision from the consent page. Cancel goes back to the client; Approve starts
// the sign-in at the identity provider.
#pragma once

#include "base/http_message.h"
#include "oauth/parts.h"

namespace mcph::oauth {

Response decide_consent(const Parts& parts, const Request& http);

}  // namespace mcph::oauth
