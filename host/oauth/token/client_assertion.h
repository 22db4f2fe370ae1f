// Client authentication by a signed assertion, private_key_jwt (RFC 7523 §2.2 and §3, OpenID
// Connect Core §9): the client shows that it holds a private key, and no secret is ever sent.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "oauth/client.h"
#include "oauth/errors.h"
#include "oauth/parameters.h"
#include "oauth/parts.h"

namespace mcph::oauth {

// The algorithms metadata promises.
const std::vector<std::string>& assertion_algorithms();

bool has_client_assertion(const Parameters& parameters);

struct ClientAssertion {
  std::string compact;  // the JWT
  ClientId claimed;     // its `sub`, which nobody verified yet
};
std::variant<ClientAssertion, Refusal> read_client_assertion(const Parameters& parameters);

// Signature, claims, and that it was not used before: it is used up by this. kUnauthorized when the
// assertion is no good, kUnavailable when that cannot be found out now.
Result<> check_client_assertion(const Parts& parts, const Client& client, std::string_view compact);
// The same work for a client that does not exist: a signature is computed, and is wrong. So the
// time of a refusal tells nobody which clients there are. Never Ok.
Result<> check_nobodys_assertion(std::string_view compact);

}  // namespace mcph::oauth
