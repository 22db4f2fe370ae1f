// The first half of a sign-in: what the browser carries to the provider (OpenID Connect Core
// §3.1.2.1, with the code flow, PKCE and a nonce). Pure.
#pragma once

#include <string>

#include "base/encoding.h"
#include "base/random.h"
#include "base/secret.h"
#include "federation/discovery.h"
#include "federation/provider.h"

namespace mcph::federation {

struct SignInRequest {
  FormFields parameters;
  Secret nonce;
  Secret code_verifier;
};

// `extra` and the provider's own further parameters come after the standard ones and replace none.
SignInRequest make_signin_request(const Provider& provider, const std::string& state,
                                  const FormFields& extra, Random& random);

// Whether a DaVinci flow may be sent a parameter of that name: none that OAuth or OpenID Connect
// gives a meaning to, and only letters, digits, '_', '-' and '.'.
bool is_extra_parameter(std::string_view name);

// Where the browser goes to end a sign-in (OpenID Connect RP-Initiated Logout 1.0 §2). Empty
// members are left out.
std::string make_signout_url(const Metadata& metadata, const Provider& provider,
                             const Secret& id_token, const std::string& state);

// Where the browser goes with them.
std::string make_signin_url(const Metadata& metadata, const FormFields& parameters);

}  // namespace mcph::federation
