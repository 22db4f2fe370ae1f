// Resource indicators (RFC 8707): which protected resource a token is asked for. We protect one.
#pragma once

#include <string>
#include <string_view>

#include "oauth/errors.h"
#include "oauth/parameters.h"

namespace mcph::oauth {

// Whether every `resource` of the request means `canonical`. None at all is fine: there is only
// one. Scheme and host compare without case and with the default port left out; the rest byte for
// byte.
Verdict check_resources(const Parameters& parameters, std::string_view canonical);

}  // namespace mcph::oauth
