// Everything of federation/ for a host that takes the provider's own access tokens, put together:
// what app/ makes and hands out. Owns its parts; what is passed in must outlive it. Thread-safe.
#pragma once

#include "base/random.h"
#include "base/time.h"
#include "crypto/key_ring.h"
#include "federation/authenticated_post.h"
#include "federation/discovery.h"
#include "federation/jwks_cache.h"
#include "federation/jwt_access_tokens.h"
#include "federation/paced_client.h"
#include "federation/pause.h"
#include "federation/presented_tokens.h"
#include "federation/provider.h"
#include "federation/sealing.h"
#include "federation/token_endpoint.h"
#include "net/http_client.h"
#include "observability/log.h"

namespace mcph::federation {

class ResourceServer {
 public:
  // `provider` has passed check_token_issuer(); its client is the one that exchanges tokens.
  ResourceServer(Provider provider, AccessTokenRules rules, net::HttpClient& http,
                 const crypto::KeyRing& ring, Random& random, const Clock& clock, const Log& log);

  oauth::TokenValidator& access_tokens() noexcept { return access_tokens_; }
  PresentedTokens& api_tokens() noexcept { return api_tokens_; }

 private:
  const Provider provider_;
  Pauses pauses_;
  PacedClient http_;
  Discovery discovery_;
  JwksCache keys_;
  AuthenticatedPost post_;
  TokenEndpoint endpoint_;
  const CredentialSealer sealer_;
  PresentedCallers callers_;
  JwtAccessTokens access_tokens_;
  PresentedTokens api_tokens_;
};

}  // namespace mcph::federation
