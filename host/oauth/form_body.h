// The body of a POST to the token and revocation endpoints.
#pragma once

#include <variant>

#include "base/http_message.h"
#include "oauth/errors.h"
#include "oauth/parameters.h"

namespace mcph::oauth {

// RFC 6749 §3.2: application/x-www-form-urlencoded, UTF-8, no parameter twice.
std::variant<Parameters, Refusal> parse_form_body(const Request& http);

}  // namespace mcph::oauth
