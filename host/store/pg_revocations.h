// federation::RevocationStore on PostgreSQL. Rows come by a trigger, when a grant loses its
// credential. Times are the database's, the one clock that all hosts share.
#pragma once

#include "federation/revocation_store.h"
#include "store/database.h"

namespace mcph::store {

class PgRevocations final : public federation::RevocationStore {
 public:
  explicit PgRevocations(Database& database) : database_(database) {}
  static const Statements& statements();

  Result<std::vector<federation::PendingRevocation>> take_due(std::size_t count_max,
                                                              Milliseconds lease) override;
  Result<> finish(std::int64_t id) override;
  Result<> postpone(std::int64_t id, Milliseconds by) override;

 private:
  Database& database_;
};

}  // namespace mcph::store
