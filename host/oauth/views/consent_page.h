// The page that asks: may this application act for you? It shows who asks, what for, and where the
// answer goes, and it works without script. Pure.
#pragma once

#include <string_view>

#include "base/http_message.h"
#include "oauth/authorize/request.h"
#include "oauth/client.h"
#include "oauth/settings.h"

namespace mcph::oauth {

// `sealed` is what the form brings back. With `can_remember` the person may tick that this browser
// need not ask again.
Response make_consent_page(const Settings& settings, const Client& client,
                           const AuthorizeRequest& request, std::string_view sealed,
                           bool can_remember);

}  // namespace mcph::oauth
