// The second half of a sign-in: code to tokens, ID token verified, tokens sealed for the grant.
// Blocking.
#pragma once

#include "base/ids.h"
#include "base/time.h"
#include "federation/jwks_cache.h"
#include "federation/provider.h"
#include "federation/sealing.h"
#include "federation/token_endpoint.h"
#include "oauth/identity_provider.h"
#include "observability/log.h"

namespace mcph::federation {

// What finishing needs, for the length of the call.
struct SignInParts {
  const Provider& provider;
  TokenEndpoint& endpoint;
  JwksCache& keys;
  const CredentialSealer& sealer;
  const Clock& clock;
  const Log& log;
};

// kUnauthorized: the sign-in failed and must begin anew. kUnavailable: PingOne cannot be asked now.
Result<oauth::UpstreamUser> finish_signin(const SignInParts& parts,
                                          const oauth::UpstreamCallback& callback,
                                          const Secret& nonce, const Secret& code_verifier,
                                          const GrantId& grant);

}  // namespace mcph::federation
