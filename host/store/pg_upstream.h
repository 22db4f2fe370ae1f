// federation::UpstreamStore on PostgreSQL. A dead credential has no row. Leases are compared by the
// database's clock, the one clock that all hosts share.
#pragma once

#include "federation/upstream_store.h"
#include "store/database.h"

namespace mcph::store {

class PgUpstream final : public federation::UpstreamStore {
 public:
  PgUpstream(Database& database, const Clock& clock) : database_(database), clock_(clock) {}
  static const Statements& statements();

  Result<std::optional<federation::StoredCredential>> load(const GrantId& grant) override;
  Result<std::optional<std::int64_t>> try_lease(const GrantId& grant, std::int64_t version,
                                                Milliseconds duration) override;
  Result<> save(const GrantId& grant, std::int64_t epoch,
                const oauth::SealedCredential& credential) override;
  Result<> release(const GrantId& grant, std::int64_t epoch) override;
  Result<> mark_dead(const GrantId& grant, std::int64_t epoch, const std::string& reason) override;

 private:
  Database& database_;
  const Clock& clock_;
};

}  // namespace mcph::store
