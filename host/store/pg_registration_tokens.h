// oauth::RegistrationTokenStore on PostgreSQL.
#pragma once

#include "oauth/registration_token_store.h"
#include "store/database.h"

namespace mcph::store {

class PgRegistrationTokens final : public oauth::RegistrationTokenStore {
 public:
  explicit PgRegistrationTokens(Database& database) : database_(database) {}
  static const Statements& statements();

  Result<> insert(const oauth::RegistrationToken& token) override;
  Result<std::vector<oauth::RegistrationToken>> list() override;
  Result<> remove(const std::string& name) override;
  Result<bool> use(const std::string& token_hash, UnixTime now) override;

 private:
  Database& database_;
};

}  // namespace mcph::store
