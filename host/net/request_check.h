// What must hold of a request before one byte of it goes out. Pure.
#pragma once

#include "base/result.h"
#include "net/http_client.h"

namespace mcph::net {

// kInvalid for: another scheme than http(s), credentials or control characters in the URL, header
// names that are no tokens, header values that could end their line, header fields that decide
// framing or routing, a method this client does not send.
Result<> check_request(const HttpRequest& request);

}  // namespace mcph::net
