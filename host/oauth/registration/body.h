// The JSON body of a registration or update request (RFC 7591 §3.1, RFC 7592 §2.2). Pure.
#pragma once

#include <string>
#include <variant>

#include "base/http_message.h"
#include "base/json.h"
#include "oauth/errors.h"

namespace mcph::oauth {

std::variant<json::object, Refusal> read_registration_body(const Request& http);

// The credentials behind "Bearer", or empty (RFC 6750 §2.1).
std::string_view bearer_token_of(const Request& http);
// 401 with the challenge of RFC 6750 §3.
Response make_bearer_refusal(std::string_view description);

}  // namespace mcph::oauth
