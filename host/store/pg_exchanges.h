// federation::ExchangeStore on PostgreSQL. Leases are compared by the database's clock, the one
// clock that all hosts share.
#pragma once

#include "federation/exchange_store.h"
#include "store/database.h"

namespace mcph::store {

class PgExchanges final : public federation::ExchangeStore {
 public:
  explicit PgExchanges(Database& database) : database_(database) {}
  static const Statements& statements();

  Result<std::optional<federation::StoredCredential>> load(
      const federation::ExchangeKey& key) override;
  Result<std::optional<std::int64_t>> try_lease(const federation::ExchangeKey& key,
                                                std::int64_t version,
                                                Milliseconds duration) override;
  Result<> save(const federation::ExchangeKey& key, std::int64_t epoch,
                const oauth::SealedCredential& credential) override;
  Result<> release(const federation::ExchangeKey& key, std::int64_t epoch) override;

 private:
  Database& database_;
};

}  // namespace mcph::store
