// The keys of this process, and the audit record that tells what happened to them: made together,
// as each needs the other. For the host and for the command line. Thread-safe.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/config.h"
#include "audit/chain.h"
#include "audit/writer.h"
#include "base/random.h"
#include "base/result.h"
#include "crypto/key_ring.h"
#include "federation/wrapped_credentials.h"
#include "keys/lifecycle.h"
#include "keys/server_keys.h"
#include "keys/wrapped_server_keys.h"
#include "observability/log.h"
#include "store/store.h"

namespace mcph::app {

class Vault {
 public:
  // The store, the clock and the log must outlive it. kInternal when the ring lacks a key.
  static Result<std::unique_ptr<Vault>> open(const Config& config, store::Store& store,
                                             const Clock& clock, const Log& log);

  crypto::KeyRing& ring() noexcept { return ring_; }
  keys::ServerKeys& keys() noexcept { return *keys_; }
  keys::Lifecycle& lifecycle() noexcept { return *lifecycle_; }
  audit::Writer& audit() noexcept { return *audit_; }
  audit::Chain chain() const { return audit::Chain(keys_->open(keys::kAuditPurpose)); }

  // Another ring for the one in use. kConflict when something is still wrapped by a key that is not
  // in it; nothing changed then.
  Result<> replace_ring(crypto::KeyRing ring);

 private:
  Vault(crypto::KeyRing ring, store::Store& store);
  std::vector<keys::WrappedKeys*> wrapped();
  Result<> check_ring(const crypto::KeyRing& ring);

  SystemRandom random_;
  crypto::KeyRing ring_;
  keys::WrappedServerKeys wrapped_server_keys_;
  federation::WrappedCredentials wrapped_credentials_;
  federation::WrappedCredentials wrapped_exchanged_;
  federation::WrappedCredentials wrapped_revocations_;
  std::unique_ptr<keys::ServerKeys> keys_;
  std::unique_ptr<audit::Writer> audit_;
  std::unique_ptr<keys::Lifecycle> lifecycle_;
};

}  // namespace mcph::app
