// federation::WrappedKeyStore on PostgreSQL. Thread-safe, blocking.
#pragma once

#include "federation/wrapped_key_store.h"
#include "store/database.h"

namespace mcph::store {

class PgWrappedKeys final : public federation::WrappedKeyStore {
 public:
  explicit PgWrappedKeys(Database& database) : database_(database) {}
  static const Statements& statements();

  Result<std::map<std::string, std::size_t>> count_by_kek(federation::WrappedPlace place) override;
  Result<std::vector<federation::WrappedRow>> list_not_under(federation::WrappedPlace place,
                                                             const std::string& kek_id,
                                                             const std::string& after,
                                                             std::size_t count_max) override;
  Result<bool> replace_wrapping(federation::WrappedPlace place, const federation::WrappedRow& from,
                                const federation::WrappedDataKey& to) override;

 private:
  Database& database_;
};

}  // namespace mcph::store
