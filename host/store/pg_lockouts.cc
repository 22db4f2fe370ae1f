#include "store/pg_lockouts.h"

namespace mcph::store {
namespace {

constexpr Statement kFind{"lockout_find", R"(
SELECT failures, extract(epoch FROM last_at)::bigint FROM mcph.lockout
WHERE key_hash = $1 AND expires_at > to_timestamp($2))"};

constexpr Statement kAdd{"lockout_add", R"(
INSERT INTO mcph.lockout AS l (key_hash, failures, last_at, expires_at)
VALUES ($1, 1, to_timestamp($2), to_timestamp($3))
ON CONFLICT (key_hash) DO UPDATE
SET failures = CASE WHEN l.expires_at > excluded.last_at THEN l.failures + 1 ELSE 1 END,
    last_at = greatest(l.last_at, excluded.last_at), expires_at = excluded.expires_at
RETURNING failures)"};

constexpr Statement kClear{"lockout_clear", "DELETE FROM mcph.lockout WHERE key_hash = $1"};

}  // namespace

const Statements& PgLockouts::statements() {
  static const Statements all{kFind, kAdd, kClear};
  return all;
}

Result<std::optional<oauth::Failures>> PgLockouts::find_failures(const std::string& key_hash,
                                                                 UnixTime now) {
  return database_.find(kFind, Params().bytes(key_hash).time(now), Repeat::kSafe,
                        [](const Row& row) {
                          return oauth::Failures{row.integer(0), row.time(1)};
                        });
}

// Repeated after a lost answer a failure counts twice, which harms nobody.
Result<std::int64_t> PgLockouts::add_failure(const std::string& key_hash, UnixTime now,
                                             UnixTime forgotten_at) {
  const auto params = Params().bytes(key_hash).time(now).time(forgotten_at);
  const auto count = TRY(
      database_.find(kAdd, params, Repeat::kSafe, [](const Row& row) { return row.integer(0); }));
  return count.value_or(1);
}

Result<> PgLockouts::clear_failures(const std::string& key_hash) {
  TRY(database_.execute(kClear, Params().bytes(key_hash), Repeat::kSafe));
  return Ok{};
}

}  // namespace mcph::store
