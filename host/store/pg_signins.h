// oauth::SignInStore on PostgreSQL.
#pragma once

#include "oauth/signin_store.h"
#include "store/database.h"

namespace mcph::store {

class PgSignIns final : public oauth::SignInStore {
 public:
  explicit PgSignIns(Database& database) : database_(database) {}
  static const Statements& statements();

  Result<> insert(const oauth::SignIn& signin) override;
  Result<std::optional<oauth::SignIn>> take(const std::string& state_hash,
                                            const std::string& browser_hash, UnixTime now) override;

 private:
  Database& database_;
};

}  // namespace mcph::store
