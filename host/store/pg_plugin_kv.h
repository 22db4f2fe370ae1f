// plugins::KvStore on PostgreSQL: one row an entry. What has expired is gone at once, and swept
// later.
#pragma once

#include "base/time.h"
#include "plugins/kv_store.h"
#include "store/database.h"

namespace mcph::store {

class PgPluginKv final : public plugins::KvStore {
 public:
  PgPluginKv(Database& database, const Clock& clock) : database_(database), clock_(clock) {}
  static const Statements& statements();

  Result<std::optional<plugins::KvEntry>> find(const plugins::KvSpace& space,
                                               const std::string& key) override;
  Result<std::optional<std::int64_t>> put(const plugins::KvSpace& space,
                                          const plugins::KvWrite& write,
                                          const plugins::KvQuota& quota) override;
  Result<std::optional<std::int64_t>> remove(const plugins::KvSpace& space, const std::string& key,
                                             std::optional<std::int64_t> if_version) override;
  Result<std::vector<plugins::KvEntry>> list(const plugins::KvSpace& space,
                                             const std::string& prefix, const std::string& after,
                                             std::size_t count_max) override;

 private:
  Database& database_;
  const Clock& clock_;
};

}  // namespace mcph::store
