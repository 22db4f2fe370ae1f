// An absolute URL in parts. A value type.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mcph {

struct Url {
  std::string scheme;      // lower case
  std::string host;        // lower case; IPv6 without brackets
  std::uint16_t port = 0;  // the explicit one, else the scheme's default, else 0
  bool has_explicit_port = false;
  bool has_userinfo = false;
  bool is_ipv6 = false;
  std::string path;   // as written, percent-encoding kept; may be empty
  std::string query;  // without '?'
  bool has_query = false;
  bool has_fragment = false;

  // scheme://host[:port], the port left out when it is the scheme's default (RFC 6454 §6.2).
  std::string origin() const;
  // localhost, 127.0.0.0/8 or ::1 (RFC 8252 §7.3).
  bool is_loopback() const;
};

// Error kInvalid for anything that is not an absolute URI with a valid syntax (RFC 3986). URIs
// without authority (com.example.app:/callback) have an empty host.
Result<Url> parse_url(std::string_view text);

}  // namespace mcph
