// oauth::LockoutStore on PostgreSQL: one row for each (client, network) that failed lately. The
// table is UNLOGGED: it is empty after a crash of the database, and costs no write-ahead log.
#pragma once

#include "oauth/lockout_store.h"
#include "store/database.h"

namespace mcph::store {

class PgLockouts final : public oauth::LockoutStore {
 public:
  explicit PgLockouts(Database& database) : database_(database) {}
  static const Statements& statements();

  Result<std::optional<oauth::Failures>> find_failures(const std::string& key_hash,
                                                       UnixTime now) override;
  Result<std::int64_t> add_failure(const std::string& key_hash, UnixTime now,
                                   UnixTime forgotten_at) override;
  Result<> clear_failures(const std::string& key_hash) override;

 private:
  Database& database_;
};

}  // namespace mcph::store
