#include "store/pg_tasks.h"

#include <stdexcept>

namespace mcph::store {
namespace {

using mcp::FoundTask;
using mcp::StoredTask;
using mcp::TaskStatus;

#define MCPH_TASK_COLUMNS                      \
  "task_id, principal_id, client_id, status, " \
  "extract(epoch FROM created_at)::bigint, "   \
  "extract(epoch FROM updated_at)::bigint, "   \
  "extract(epoch FROM expires_at)::bigint, version, sealed"

// The quota is counted without a lock: of racing hosts each may let one more in. A repeat after a
// lost answer finds its own row, for ids are random, and counts it as inserted.
constexpr Statement kCreate{"task_create", R"(
WITH inserted AS (
  INSERT INTO mcph.task (task_id, principal_id, client_id, status, created_at, updated_at,
                         expires_at, version, sealed, lease_until)
  SELECT $1, $2, $3, $4, to_timestamp($5), to_timestamp($6), to_timestamp($7), $8, $9,
         clock_timestamp() + $10 * interval '1 millisecond'
  FROM (SELECT count(*) FILTER (WHERE status IN ('working', 'input_required')) AS open,
               count(*) AS stored
        FROM mcph.task
        WHERE principal_id = $2 AND expires_at > to_timestamp($5) AND task_id <> $1) AS other
  WHERE other.open < $11 AND other.stored < $12
  ON CONFLICT (task_id) DO UPDATE SET task_id = excluded.task_id
  RETURNING 1)
SELECT 1 FROM inserted)"};

constexpr Statement kLoad{"task_load", "SELECT " MCPH_TASK_COLUMNS R"(,
       status = 'working' AND lease_until <= clock_timestamp()
FROM mcph.task WHERE task_id = $1 AND expires_at > to_timestamp($2))"};

// Sealing never gives the same bytes twice: a row that has them already was written by the first of
// two attempts of this same change.
constexpr Statement kReplace{"task_replace", R"(
WITH changed AS (
  UPDATE mcph.task
  SET status = $2, updated_at = to_timestamp($3), version = $4, sealed = $5,
      lease_until = CASE WHEN $2 = 'working'
                         THEN clock_timestamp() + $6 * interval '1 millisecond' END
  WHERE task_id = $1 AND (version = $4 - 1 OR (version = $4 AND sealed = $5))
  RETURNING task_id)
SELECT pg_notify('mcph', 'task:' || task_id) FROM changed)"};

// In the order of the ids, so that two hosts never wait for each other.
constexpr Statement kRenew{"task_renew", R"(
WITH held AS (
  SELECT t.task_id FROM mcph.task t
  JOIN unnest($1::text[], $2::bigint[]) AS h (task_id, version)
    ON t.task_id = h.task_id AND t.version = h.version
  WHERE t.status = 'working' ORDER BY t.task_id FOR NO KEY UPDATE OF t)
UPDATE mcph.task t SET lease_until = clock_timestamp() + $3 * interval '1 millisecond'
FROM held WHERE t.task_id = held.task_id
RETURNING t.task_id)"};

constexpr Statement kLoadAbandoned{"task_load_abandoned", "SELECT " MCPH_TASK_COLUMNS R"(
FROM mcph.task
WHERE status = 'working' AND lease_until <= clock_timestamp() AND expires_at > to_timestamp($1)
ORDER BY lease_until LIMIT $2)"};

StoredTask read_task(const Row& row) {
  const std::optional<TaskStatus> status = mcp::find_task_status(row.text(3));
  if (!status.has_value()) throw std::runtime_error("not the status of a task");
  StoredTask task;
  task.id = row.text(0);
  task.principal = PrincipalId(row.text(1));
  task.client = ClientId(row.text(2));
  task.status = *status;
  task.created_at = row.time(4);
  task.updated_at = row.time(5);
  task.expires_at = row.time(6);
  task.version = row.integer(7);
  task.sealed = row.text(8);
  return task;
}

std::int64_t count(std::size_t value) {
  return static_cast<std::int64_t>(value);
}

}  // namespace

const Statements& PgTasks::statements() {
  static const Statements all{kCreate, kLoad, kReplace, kRenew, kLoadAbandoned};
  return all;
}

Result<> PgTasks::create(const StoredTask& task, Milliseconds lease, const mcp::TaskQuota& quota) {
  const auto params = Params()
                          .text(task.id)
                          .text(task.principal.str())
                          .text(task.client.str())
                          .text(to_string(task.status))
                          .time(task.created_at)
                          .time(task.updated_at)
                          .time(task.expires_at)
                          .integer(task.version)
                          .text(task.sealed)
                          .integer(lease.count())
                          .integer(count(quota.open_max))
                          .integer(count(quota.stored_max));
  if (TRY(database_.execute(kCreate, params, Repeat::kSafe)) > 0) return Ok{};
  return Error{Code::kLimit, "Too many tasks", {}};
}

Result<std::optional<FoundTask>> PgTasks::load(const std::string& id, UnixTime now) {
  return database_.find(kLoad, Params().text(id).time(now), Repeat::kSafe, [](const Row& row) {
    return FoundTask{read_task(row), row.boolean(9)};
  });
}

Result<bool> PgTasks::replace(const StoredTask& next, Milliseconds lease) {
  const auto params = Params()
                          .text(next.id)
                          .text(to_string(next.status))
                          .time(next.updated_at)
                          .integer(next.version)
                          .text(next.sealed)
                          .integer(lease.count());
  return TRY(database_.execute(kReplace, params, Repeat::kSafe)) > 0;
}

Result<std::vector<std::string>> PgTasks::renew(const Held& held, Milliseconds lease) {
  std::vector<std::string> ids;
  std::vector<std::string> versions;
  for (const auto& [id, version] : held) {
    ids.push_back(id);
    versions.push_back(std::to_string(version));
  }
  const auto params = Params().list(ids).list(versions).integer(lease.count());
  return database_.list(kRenew, params, [](const Row& row) { return row.text(0); });
}

Result<std::vector<StoredTask>> PgTasks::load_abandoned(UnixTime now, std::size_t count_max) {
  return database_.list(kLoadAbandoned, Params().time(now).integer(count(count_max)), read_task);
}

}  // namespace mcph::store
