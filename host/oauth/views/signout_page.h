// The pages around a sign-out. Pure.
#pragma once

#include <string_view>

#include "base/http_message.h"
#include "oauth/settings.h"

namespace mcph::oauth {

Response make_signout_page(const Settings& settings);
Response make_signed_out_page();
// `words` say what is in the way.
Response make_signout_error_page(int status, std::string_view words);

}  // namespace mcph::oauth
