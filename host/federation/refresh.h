// One refresh by the holder of the lease: asks the provider, stores the outcome, ends the lease.
// Thread-safe, blocking; takes at most limits::kLease.
#pragma once

#include <cstdint>
#include <functional>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "federation/credential.h"
#include "federation/pause.h"
#include "federation/sealing.h"
#include "federation/token_endpoint.h"
#include "federation/upstream_store.h"
#include "observability/audit.h"
#include "observability/log.h"

namespace mcph::federation {

using Sleep = std::function<void(Milliseconds)>;

class Refresh {
 public:
  Refresh(UpstreamStore& store, TokenEndpoint& endpoint, const CredentialSealer& sealer,
          Pause& pause, const Clock& clock, const Log& log, AuditLog& audit, Sleep sleep);

  // The stored new credential. kUnauthorized: the grant is dead, and marked so. kConflict: the
  // lease went to somebody else meanwhile. kUnavailable: nothing has changed.
  Result<Credential> run(const GrantId& grant, const Credential& old, std::int64_t epoch);

 private:
  TokenOutcome ask(const GrantId& grant, const Secret& refresh_token);
  Result<Credential> accept(const GrantId& grant, const Credential& old, std::int64_t epoch,
                            TokenResponse tokens);
  Result<> save(const GrantId& grant, std::int64_t epoch, const Credential& credential);
  Error end_grant(const GrantId& grant, std::int64_t epoch, const char* reason);
  Error give_up(const GrantId& grant, std::int64_t epoch, const TokenFailure& failure);

  UpstreamStore& store_;
  TokenEndpoint& endpoint_;
  const CredentialSealer& sealer_;
  Pause& pause_;
  const Clock& clock_;
  const Log& log_;
  AuditLog& audit_;
  const Sleep sleep_;
};

// The answer for a grant whose upstream sign-in is gone.
Error sign_in_again();
// The answer while the provider or the database cannot be asked.
Error try_later(std::string why);

}  // namespace mcph::federation
