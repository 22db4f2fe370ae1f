// Whether a form was sent from one of our own pages: one on somebody else's page can be sent here
// by the user's browser too, cookies and all. Pure.
#pragma once

#include "base/http_message.h"
#include "oauth/settings.h"

namespace mcph::oauth {

bool is_from_own_page(const Settings& settings, const Request& http);

}  // namespace mcph::oauth
