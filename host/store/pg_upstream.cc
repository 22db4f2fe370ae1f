#include "store/pg_upstream.h"

namespace mcph::store {
namespace {

using federation::StoredCredential;

constexpr Statement kLoad{"upstream_load", R"(
SELECT u.kek_id, u.wrapped_key, u.sealed, extract(epoch FROM u.access_expires_at)::bigint,
       u.has_refresh_token, u.version
FROM mcph.upstream_credential u JOIN mcph.grant_ g ON g.id = u.grant_id
WHERE u.grant_id = $1 AND g.revoked_at IS NULL)"};

constexpr Statement kTryLease{"upstream_try_lease", R"(
UPDATE mcph.upstream_credential
SET lease_epoch = lease_epoch + 1, lease_until = clock_timestamp() + $3 * interval '1 millisecond'
WHERE grant_id = $1 AND version = $2
  AND (lease_until IS NULL OR lease_until <= clock_timestamp())
RETURNING lease_epoch)"};

// A lease that ran out is still ours while nobody took it over: a rotated refresh token that is not
// stored is lost for good.
constexpr Statement kSave{"upstream_save", R"(
UPDATE mcph.upstream_credential
SET kek_id = $3, wrapped_key = $4, sealed = $5, access_expires_at = to_timestamp($6),
    has_refresh_token = $7, version = version + 1, lease_until = NULL
WHERE grant_id = $1 AND lease_epoch = $2 AND lease_until IS NOT NULL)"};

constexpr Statement kRelease{"upstream_release", R"(
UPDATE mcph.upstream_credential SET lease_until = NULL WHERE grant_id = $1 AND lease_epoch = $2)"};

// Only the holder's word counts: by now somebody else may have refreshed with success.
constexpr Statement kMarkDead{"upstream_mark_dead", R"(
WITH dead AS (
  DELETE FROM mcph.upstream_credential
  WHERE grant_id = $1 AND lease_epoch = $2 AND lease_until IS NOT NULL RETURNING grant_id),
ended AS (
  UPDATE mcph.grant_ g SET revoked_at = to_timestamp($3), revoke_reason = $4 FROM dead
  WHERE g.id = dead.grant_id AND g.revoked_at IS NULL RETURNING g.id),
responses AS (
  UPDATE mcph.refresh_token r SET sealed_response = NULL FROM dead
  WHERE r.grant_id = dead.grant_id AND r.sealed_response IS NOT NULL)
SELECT pg_notify('mcph', 'grant:' || grant_id) FROM dead)"};

Error not_ours() {
  return {Code::kConflict, "somebody else refreshes this credential", {}};
}

}  // namespace

const Statements& PgUpstream::statements() {
  static const Statements all{kLoad, kTryLease, kSave, kRelease, kMarkDead};
  return all;
}

Result<std::optional<StoredCredential>> PgUpstream::load(const GrantId& grant) {
  if (!is_uuid(grant.str())) return std::optional<StoredCredential>{};
  return database_.find(kLoad, Params().text(grant.str()), Repeat::kSafe, [](const Row& row) {
    return StoredCredential{{row.text(0), row.bytes(1), row.bytes(2), row.time(3), row.boolean(4)},
                            row.integer(5)};
  });
}

Result<std::optional<std::int64_t>> PgUpstream::try_lease(const GrantId& grant,
                                                          std::int64_t version,
                                                          Milliseconds duration) {
  if (!is_uuid(grant.str())) return std::optional<std::int64_t>{};
  const auto params = Params().text(grant.str()).integer(version).integer(duration.count());
  return database_.find(kTryLease, params, Repeat::kUnsafe,
                        [](const Row& row) { return row.integer(0); });
}

Result<> PgUpstream::save(const GrantId& grant, std::int64_t epoch,
                          const oauth::SealedCredential& credential) {
  if (!is_uuid(grant.str())) return not_ours();
  const auto params = Params()
                          .text(grant.str())
                          .integer(epoch)
                          .text(credential.kek_id)
                          .bytes(credential.wrapped_key)
                          .bytes(credential.sealed)
                          .time(credential.access_expires_at)
                          .boolean(credential.has_refresh_token);
  if (TRY(database_.execute(kSave, params, Repeat::kUnsafe)) > 0) return Ok{};
  return not_ours();
}

Result<> PgUpstream::release(const GrantId& grant, std::int64_t epoch) {
  if (!is_uuid(grant.str())) return Ok{};
  TRY(database_.execute(kRelease, Params().text(grant.str()).integer(epoch), Repeat::kSafe));
  return Ok{};
}

Result<> PgUpstream::mark_dead(const GrantId& grant, std::int64_t epoch,
                               const std::string& reason) {
  if (!is_uuid(grant.str())) return not_ours();
  const auto params = Params().text(grant.str()).integer(epoch).time(clock_.now()).text(reason);
  if (TRY(database_.execute(kMarkDead, params, Repeat::kUnsafe)) > 0) return Ok{};
  return not_ours();
}

}  // namespace mcph::store
