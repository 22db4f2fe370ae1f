// mcp::SessionStore on PostgreSQL.
#pragma once

#include "mcp/legacy/session_store.h"
#include "store/barrier.h"
#include "store/database.h"

namespace mcph::store {

class PgSessions final : public mcp::SessionStore {
 public:
  PgSessions(Database& database, Barrier& barrier) : database_(database), barrier_(barrier) {}
  static const Statements& statements();

  Result<> terminate(const std::string& id_hash, UnixTime expires_at) override;
  Result<bool> is_terminated(const std::string& id_hash) override;

 private:
  Database& database_;
  Barrier& barrier_;
};

}  // namespace mcph::store
