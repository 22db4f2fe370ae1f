// The request of a call. Thread-safe.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "operation.h"

namespace openapi {

struct Request {
  std::string method, url, body;
  std::vector<std::pair<std::string, std::string>> headers;
};

// `arguments` are valid against the operation's schema. Throws mcph::Failure for what cannot be
// written where it belongs.
Request make_request(const Operation& operation, const std::string& base_url,
                     const Json& arguments);

}  // namespace openapi
