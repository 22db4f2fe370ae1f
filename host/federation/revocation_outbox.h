// Tells PingOne of sign-ins that have ended here (RFC 7009): the user's tokens must not go on
// living there. What cannot be told now is tried again for a day, each time after a longer pause,
// by whichever host comes first. Thread-safe, blocking.
#pragma once

#include "base/random.h"
#include "base/time.h"
#include "federation/authenticated_post.h"
#include "federation/discovery.h"
#include "federation/pause.h"
#include "federation/revocation_store.h"
#include "federation/sealing.h"
#include "observability/audit.h"
#include "observability/log.h"

namespace mcph::federation {

class RevocationOutbox {
 public:
  RevocationOutbox(RevocationStore& store, Discovery& discovery, AuthenticatedPost& post,
                   const CredentialSealer& sealer, const Pause& pause, Random& random,
                   const Clock& clock, const Log& log, AuditLog& audit);

  // One round: what is due, as far as PingOne takes it. The number that PingOne was told of.
  int run();

 private:
  enum class Outcome { kDone, kRefused, kTryLater };

  void settle(const PendingRevocation& pending, Outcome outcome);
  void record(const PendingRevocation& pending, Outcome outcome);
  Outcome revoke(const PendingRevocation& pending, const std::string& endpoint);
  Outcome send(const PendingRevocation& pending, const std::string& endpoint, const Secret& token,
               const char* hint);
  Milliseconds pause_after(int attempts);

  RevocationStore& store_;
  Discovery& discovery_;
  AuthenticatedPost& post_;
  const CredentialSealer& sealer_;
  const Pause& pause_;
  Random& random_;
  const Clock& clock_;
  const Log& log_;
  AuditLog& audit_;
};

}  // namespace mcph::federation
