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
  Result<mcp::SessionState> load(const std::string& id_hash) override;
  Result<> set_log_level(const std::string& id_hash, mcp::Severity level,
                         UnixTime expires_at) override;
  Result<> set_capabilities(const std::string& id_hash, std::uint16_t capabilities,
                            UnixTime expires_at) override;
  Result<> subscribe(const std::string& id_hash, const std::string& uri_hash, std::size_t count_max,
                     UnixTime expires_at) override;
  Result<> unsubscribe(const std::string& id_hash, const std::string& uri_hash) override;

 private:
  Database& database_;
  Barrier& barrier_;
};

}  // namespace mcph::store
