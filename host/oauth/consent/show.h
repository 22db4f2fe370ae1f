// Answers a valid authorization request with the consent page.
#pragma once

#include "base/http_message.h"
#include "oauth/authorize/request.h"
#include "oauth/client.h"
#include "oauth/parts.h"

namespace mcph::oauth {

Response show_consent(const Parts& parts, const Request& http, const Client& client,
                      const AuthorizeRequest& request);

}  // namespace mcph::oauth
