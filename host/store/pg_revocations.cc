#include "store/pg_revocations.h"

namespace mcph::store {
namespace {

using federation::PendingRevocation;

constexpr Statement kTakeDue{"revocation_take_due", R"(
WITH due AS (
  SELECT id FROM mcph.revocation WHERE lease_until <= clock_timestamp()
  ORDER BY lease_until, id LIMIT $1 FOR UPDATE SKIP LOCKED),
taken AS (
  UPDATE mcph.revocation r
  SET lease_until = clock_timestamp() + $2 * interval '1 millisecond', attempts = attempts + 1
  FROM due WHERE r.id = due.id
  RETURNING r.id, r.grant_id, r.kek_id, r.wrapped_key, r.sealed,
            extract(epoch FROM r.access_expires_at)::bigint AS expires, r.has_refresh_token,
            r.attempts, extract(epoch FROM r.created_at)::bigint AS created, r.api)
SELECT * FROM taken ORDER BY id)"};

constexpr Statement kFinish{"revocation_finish", "DELETE FROM mcph.revocation WHERE id = $1"};

constexpr Statement kPostpone{"revocation_postpone", R"(
UPDATE mcph.revocation SET lease_until = clock_timestamp() + $2 * interval '1 millisecond'
WHERE id = $1)"};

PendingRevocation read(const Row& row) {
  PendingRevocation pending;
  pending.id = row.integer(0);
  pending.grant = GrantId(row.text(1));
  pending.credential = {row.text(2), row.bytes(3), row.bytes(4), row.time(5), row.boolean(6)};
  pending.attempts = static_cast<int>(row.integer(7));
  pending.created_at = row.time(8);
  pending.api = row.text(9);
  return pending;
}

}  // namespace

const Statements& PgRevocations::statements() {
  static const Statements all{kTakeDue, kFinish, kPostpone};
  return all;
}

Result<std::vector<PendingRevocation>> PgRevocations::take_due(std::size_t count_max,
                                                               Milliseconds lease) {
  const auto params = Params().integer(static_cast<std::int64_t>(count_max)).integer(lease.count());
  return database_.list(kTakeDue, params, read);
}

Result<> PgRevocations::finish(std::int64_t id) {
  TRY(database_.execute(kFinish, Params().integer(id), Repeat::kSafe));
  return Ok{};
}

Result<> PgRevocations::postpone(std::int64_t id, Milliseconds by) {
  TRY(database_.execute(kPostpone, Params().integer(id).integer(by.count()), Repeat::kSafe));
  return Ok{};
}

}  // namespace mcph::store
