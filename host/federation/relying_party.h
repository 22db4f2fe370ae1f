// Everything of federation/, put together: what app/ makes and hands out. Owns its parts; what is
// passed in must outlive it. Thread-safe.
#pragma once

#include "base/random.h"
#include "base/time.h"
#include "crypto/key_ring.h"
#include "federation/authenticated_post.h"
#include "federation/discovery.h"
#include "federation/jwks_cache.h"
#include "federation/paced_client.h"
#include "federation/pause.h"
#include "federation/provider.h"
#include "federation/revocation_outbox.h"
#include "federation/sealing.h"
#include "federation/token_endpoint.h"
#include "federation/upstream_store.h"
#include "federation/upstream_tokens.h"
#include "net/http_client.h"
#include "oauth/identity_provider.h"
#include "observability/audit.h"
#include "observability/log.h"

namespace mcph::federation {

class RelyingParty final : public oauth::IdentityProvider {
 public:
  // `provider` has passed check_provider().
  RelyingParty(Provider provider, net::HttpClient& http, UpstreamStore& store,
               ExchangeStore& exchanges, RevocationStore& revocations, const crypto::KeyRing& ring,
               Random& random, const Clock& clock, const Log& log, AuditLog& audit);
  // With another way to wait between two looks at the store.
  RelyingParty(Provider provider, net::HttpClient& http, UpstreamStore& store,
               ExchangeStore& exchanges, RevocationStore& revocations, const crypto::KeyRing& ring,
               Random& random, const Clock& clock, const Log& log, AuditLog& audit, Sleep sleep);

  Result<oauth::UpstreamRedirect> begin(const std::string& state, const FormFields& extra) override;
  Result<std::string> make_signout_url(const Secret& id_token, const std::string& state) override;
  Result<oauth::UpstreamUser> finish(const oauth::UpstreamCallback& callback, const Secret& nonce,
                                     const Secret& code_verifier, const GrantId& grant) override;

  UpstreamTokens& upstream_tokens() noexcept { return upstream_tokens_; }
  // To be run every limits::kRevocationRound, on every host.
  RevocationOutbox& revocation_outbox() noexcept { return revocation_outbox_; }

 private:
  const Provider provider_;
  Random& random_;
  const Clock& clock_;
  const Log& log_;
  Pauses pauses_;
  PacedClient http_;
  Discovery discovery_;
  JwksCache keys_;
  AuthenticatedPost post_;
  TokenEndpoint endpoint_;
  CredentialSealer sealer_;
  UpstreamTokens upstream_tokens_;
  RevocationOutbox revocation_outbox_;
};

}  // namespace mcph::federation
