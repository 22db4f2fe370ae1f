// oauth::GrantStore on PostgreSQL.
#pragma once

#include "oauth/grant_store.h"
#include "store/barrier.h"
#include "store/database.h"

namespace mcph::store {

class PgGrants final : public oauth::GrantStore {
 public:
  PgGrants(Database& database, Barrier& barrier, const Clock& clock)
      : database_(database), barrier_(barrier), clock_(clock) {}
  static const Statements& statements();

  Result<PrincipalId> create(const oauth::NewGrant& grant) override;
  Result<bool> is_remembered(const oauth::RememberedApproval& approval, UnixTime now) override;
  Result<std::optional<oauth::Grant>> find(const GrantId& id) override;
  Result<std::vector<oauth::Grant>> list(const oauth::GrantFilter& filter) override;
  Result<> revoke(const GrantId& id, const std::string& reason) override;

 private:
  Database& database_;
  Barrier& barrier_;
  const Clock& clock_;
};

}  // namespace mcph::store
