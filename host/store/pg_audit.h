// audit::AuditStore on PostgreSQL. Thread-safe, blocking.
#pragma once

#include "audit/audit_store.h"
#include "store/database.h"

namespace mcph::store {

class PgAudit final : public audit::AuditStore {
 public:
  PgAudit(Pool& pool, Database& database) : pool_(pool), database_(database) {}
  static const Statements& statements();

  Result<> append(const Make& make) override;
  Result<audit::Standing> load_standing() override;
  Result<std::vector<audit::Entry>> list(const audit::Filter& filter) override;
  Result<std::optional<audit::Head>> find_last_before(UnixTime time) override;
  Result<std::size_t> prune(const audit::Head& up_to, std::size_t count_max) override;

 private:
  Pool& pool_;
  Database& database_;
};

}  // namespace mcph::store
