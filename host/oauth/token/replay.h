// What happens when a code or refresh token comes a second time: two parties hold it, and one of
// them stole it, so nothing that came of it stays valid (RFC 6749 §4.1.2, RFC 9700 §4.14.2).
#pragma once

#include <string_view>

#include "base/http_message.h"
#include "oauth/errors.h"
#include "oauth/parts.h"

namespace mcph::oauth {

Refusal revoke_replayed(const Parts& parts, const Request& http, const GrantId& grant,
                        std::string_view reason);

}  // namespace mcph::oauth
