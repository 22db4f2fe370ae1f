// The first half of a sign-in: where to send the browser (OpenID Connect Core §3.1.2.1, with the
// code flow, PKCE and a nonce). Pure.
#pragma once

#include <string>

#include "base/random.h"
#include "federation/discovery.h"
#include "federation/provider.h"
#include "oauth/identity_provider.h"

namespace mcph::federation {

oauth::UpstreamRedirect begin_signin(const Provider& provider, const Metadata& metadata,
                                     const std::string& state, Random& random);

}  // namespace mcph::federation
