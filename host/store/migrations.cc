#include "store/migrations.h"

#include <map>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/transaction>

#include "store/connection.h"
#include "store/failure.h"

namespace mcph::store {
namespace {

// Any number, but the same for every version of this program: "mcphmigr" in ASCII.
constexpr std::int64_t kAdvisoryLock = 0x6d6370686d696772;
constexpr Milliseconds kLockTimeout{60'000};
// A migration may rewrite a table.
constexpr Milliseconds kStatementTimeout{600'000};

struct Applied {
  std::string name, checksum;
};

StoreOptions migration_options(StoreOptions options) {
  options.lock_timeout = kLockTimeout;
  options.statement_timeout = kStatementTimeout;
  return options;
}

std::map<int, Applied> prepare_record(pqxx::connection& connection) {
  pqxx::nontransaction session(connection);
  // Until the session ends. Taken first: even IF NOT EXISTS fails when two do it at once.
  session.exec("SELECT pg_advisory_lock(" + std::to_string(kAdvisoryLock) + ')');
  session.exec("SET client_min_messages = warning");
  session.exec(R"(
CREATE SCHEMA IF NOT EXISTS mcph;
CREATE TABLE IF NOT EXISTS mcph.migration (
  version    integer PRIMARY KEY,
  name       text NOT NULL,
  checksum   text NOT NULL,
  applied_at timestamptz(0) NOT NULL
))");
  std::map<int, Applied> applied;
  for (const pqxx::row& row : session.exec("SELECT version, name, checksum FROM mcph.migration")) {
    applied[row[0].as<int>()] = {row[1].c_str(), row[2].c_str()};
  }
  return applied;
}

// The server computes it: SHA-256 is OpenSSL's elsewhere in the host, and not a matter of storage.
std::string checksum_of(pqxx::connection& connection, const std::string& sql) {
  pqxx::nontransaction session(connection);
  return session.exec_params1("SELECT encode(sha256(convert_to($1, 'UTF8')), 'hex')", sql)[0]
      .c_str();
}

void apply(pqxx::connection& connection, const Migration& migration, const std::string& checksum,
           UnixTime now) {
  pqxx::work transaction(connection);
  transaction.exec(migration.sql);
  transaction.exec_params(
      "INSERT INTO mcph.migration (version, name, checksum, applied_at) "
      "VALUES ($1, $2, $3, to_timestamp($4))",
      migration.version, migration.name, checksum, to_unix(now));
  transaction.commit();
}

}  // namespace

Result<int> apply_migrations(const StoreOptions& options, const std::vector<Migration>& migrations,
                             const Clock& clock, Log& log) {
  const auto connection = TRY(open_connection(migration_options(options)));
  std::string where = "migrations";
  int count = 0;
  try {
    const std::map<int, Applied> applied = prepare_record(*connection);
    const int newest = applied.empty() ? 0 : applied.rbegin()->first;
    for (const Migration& migration : migrations) {
      where = migration.name;
      const std::string checksum = checksum_of(*connection, migration.sql);
      const auto known = applied.find(migration.version);
      if (known != applied.end()) {
        if (known->second.checksum == checksum) continue;
        return Error{
            Code::kConflict, "migration " + where + " was changed after it was applied", {}};
      }
      if (migration.version < newest) {
        return Error{
            Code::kConflict, "migration " + where + " is older than one already applied", {}};
      }
      apply(*connection, migration, checksum, clock.now());
      ++count;
      log.info("store.migrated", {{"version", migration.version}, {"name", migration.name}});
    }
  } catch (const std::exception&) {
    Error error = classify_current_exception(where.c_str()).error;
    error.message = "migration " + where + " failed: " + error.message;
    return error;
  }
  return count;
}

}  // namespace mcph::store
