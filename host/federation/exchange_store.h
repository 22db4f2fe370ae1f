// Sealed tokens for the further APIs of plugins, one for each grant and API, and the right to get a
// new one. A token that was exchanged lives no longer than the credential it was made from. The
// rules of the lease are those of upstream_store.h. Implemented by store/. Thread-safe, blocking.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "federation/upstream_store.h"
#include "oauth/identity_provider.h"

namespace mcph::federation {

// Which token: that of a grant for an API.
struct ExchangeKey {
  GrantId grant;
  std::string api;
};

class ExchangeStore {
 public:
  virtual ~ExchangeStore() = default;
  // Nothing when there is none yet, or the grant has ended.
  virtual Result<std::optional<StoredCredential>> load(const ExchangeKey& key) = 0;
  // `version` is that of load(), 0 for nothing. The lease epoch, or nothing when somebody else
  // holds the lease, `version` is outdated or the grant has ended.
  virtual Result<std::optional<std::int64_t>> try_lease(const ExchangeKey& key,
                                                        std::int64_t version,
                                                        Milliseconds duration) = 0;
  // Stores version + 1 and ends the lease. kConflict when the lease is no longer ours.
  virtual Result<> save(const ExchangeKey& key, std::int64_t epoch,
                        const oauth::SealedCredential& credential) = 0;
  virtual Result<> release(const ExchangeKey& key, std::int64_t epoch) = 0;
};

}  // namespace mcph::federation
