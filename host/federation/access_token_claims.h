// What a client's access token of the provider must say (RFC 9068 §4, RFC 7519 §4): an ordered
// table of checks, each with a name. Every check must pass; the log learns which one did not. Pure.
#pragma once

#include <string>
#include <vector>

#include "base/caller.h"
#include "base/result.h"
#include "base/time.h"
#include "crypto/jws.h"

namespace mcph::federation {

struct AccessTokenRules {
  std::string issuer;
  std::string audience;                 // how the provider names this host
  std::vector<std::string> algorithms;  // of crypto::verify_jws()
  std::vector<std::string> clients;     // whose tokens are taken; empty: any client's
};

// kUnauthorized, with the name of the check in the detail. The signature is good already.
Result<> check_access_token(const crypto::Jws& token, const AccessTokenRules& rules, UnixTime now);

// Of a token that passed.
std::vector<std::string> audiences_of(const json::object& claims);
std::vector<std::string> scopes_of(const json::object& claims);
std::string client_of(const json::object& claims);
UnixTime expiry_of(const json::object& claims);
// The key it is bound to (RFC 9449 §6.1), or nothing.
std::string key_thumbprint_of(const json::object& claims);

}  // namespace mcph::federation
