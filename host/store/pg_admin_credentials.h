// admin::AdminCredentialStore on PostgreSQL.
#pragma once

#include "admin/admin_credential_store.h"
#include "store/database.h"

namespace mcph::store {

class PgAdminCredentials final : public admin::AdminCredentialStore {
 public:
  explicit PgAdminCredentials(Database& database) : database_(database) {}
  static const Statements& statements();

  Result<> insert(const admin::AdminCredential& credential) override;
  Result<std::optional<admin::AdminCredential>> find(const std::string& token_hash,
                                                     UnixTime now) override;

 private:
  Database& database_;
};

}  // namespace mcph::store
