// The OpenID Provider we are a client of, as configuration describes it. A value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "base/url.h"

namespace mcph::federation {

struct Provider {
  std::string issuer;
  std::string client_id;
  Secret client_secret;
  std::vector<std::string> scopes;  // "openid" among them
  std::string davinci_policy;       // sent as acr_values, and then required as acr; may be empty
  std::string resource;             // RFC 8707; empty: not sent. PingOne's audience follows scopes
  std::string redirect_uri;         // public_url + "/callback"
};

// https://auth.pingone.<tld>/<environment>/as. Regions: NA, CA, EU, AU, SG, AP, in either case, or
// the domains they stand for (com, ca, eu, com.au, sg, asia). The environment is a UUID.
Result<std::string> make_pingone_issuer(std::string_view environment_id, std::string_view region);

// What must hold before anything is sent there. kInvalid says what does not.
Result<> check_provider(const Provider& provider);

// The scopes as they are sent: joined by spaces (RFC 6749 §3.3).
std::string scope_of(const Provider& provider);

// https; http for this machine alone, as there is nobody in between. No credentials, no fragment.
Result<Url> parse_endpoint(std::string_view text);

}  // namespace mcph::federation
