// Sealed upstream credentials and the right to refresh one. Implemented by store/. Thread-safe,
// blocking. A lease lets exactly one host talk to PingOne about a grant; it runs out by itself when
// that host dies. No transaction is held across the network.
#pragma once

#include <optional>
#include <string>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "oauth/identity_provider.h"

namespace mcph::federation {

struct StoredCredential {
  oauth::SealedCredential credential;
  std::int64_t version = 0;  // grows with every refresh
};

class UpstreamStore {
 public:
  virtual ~UpstreamStore() = default;
  // Nothing when the grant is unknown, revoked or its credential is dead.
  virtual Result<std::optional<StoredCredential>> load(const GrantId& grant) = 0;
  // The lease epoch, or nothing when somebody else holds the lease or `version` is outdated.
  virtual Result<std::optional<std::int64_t>> try_lease(const GrantId& grant, std::int64_t version,
                                                        Milliseconds duration) = 0;
  // Stores version + 1 and ends the lease. kConflict when the lease is no longer ours.
  virtual Result<> save(const GrantId& grant, std::int64_t epoch,
                        const oauth::SealedCredential& credential) = 0;
  virtual Result<> release(const GrantId& grant, std::int64_t epoch) = 0;
  // PingOne said invalid_grant: the credential is dead and the grant is revoked with `reason`.
  virtual Result<> mark_dead(const GrantId& grant, std::int64_t epoch,
                             const std::string& reason) = 0;
};

}  // namespace mcph::federation
