// oauth::ReplayStore on PostgreSQL: a primary key decides which of all hosts was first.
#pragma once

#include "oauth/replay_store.h"
#include "store/database.h"

namespace mcph::store {

class PgReplays final : public oauth::ReplayStore {
 public:
  explicit PgReplays(Database& database) : database_(database) {}
  static const Statements& statements();

  Result<bool> use_once(const std::string& id_hash, UnixTime expires_at) override;

 private:
  Database& database_;
};

}  // namespace mcph::store
