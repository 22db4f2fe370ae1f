// Cross-origin answers (Fetch standard) for endpoints that do not use cookies. Pure.
#pragma once

#include <string_view>

#include "base/http_message.h"

namespace mcph::http {

// Any origin may read the answer and the headers a client needs to sign in.
void add_public_cors(Headers& headers);

// 204 for a preflight: `allow` are the methods of the path, the requested headers are granted.
Response make_public_preflight(const Request& request, std::string_view allow);

}  // namespace mcph::http
