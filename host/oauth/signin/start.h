// Sends an approving person to the identity provider. The first thing that is written down about a
// sign-in is written here.
#pragma once

#include <string_view>

#include "base/http_message.h"
#include "oauth/consent/form.h"
#include "oauth/parts.h"

namespace mcph::oauth {

// `secret` is the value of the consent cookie, already checked against the form.
Response start_signin(const Parts& parts, const ConsentForm& form, std::string_view secret);

}  // namespace mcph::oauth
