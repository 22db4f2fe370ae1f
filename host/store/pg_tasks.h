// mcp::TaskStore on PostgreSQL. Each change is one statement that names the version it replaces, so
// of two hosts one wins. Leases are compared by the database's clock, the one clock that all hosts
// share.
#pragma once

#include "mcp/tasks/task_store.h"
#include "store/database.h"

namespace mcph::store {

class PgTasks final : public mcp::TaskStore {
 public:
  explicit PgTasks(Database& database) : database_(database) {}
  static const Statements& statements();

  Result<> create(const mcp::StoredTask& task, Milliseconds lease,
                  const mcp::TaskQuota& quota) override;
  Result<std::optional<mcp::FoundTask>> load(const std::string& id, UnixTime now) override;
  Result<bool> replace(const mcp::StoredTask& next, Milliseconds lease) override;
  Result<std::vector<std::string>> renew(const Held& held, Milliseconds lease) override;
  Result<std::vector<mcp::StoredTask>> load_abandoned(UnixTime now, std::size_t count_max) override;

 private:
  Database& database_;
};

}  // namespace mcph::store
