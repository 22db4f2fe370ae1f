// HTTP Basic as clients use it (RFC 6749 §2.3.1, RFC 7617). Pure.
#pragma once

#include <optional>
#include <string_view>

#include "base/ids.h"
#include "base/secret.h"

namespace mcph::oauth {

struct BasicCredentials {
  ClientId id;  // not empty
  Secret secret;
};

// A value of Authorization. Nothing when it is of another scheme or malformed.
std::optional<BasicCredentials> parse_basic(std::string_view header);

}  // namespace mcph::oauth
