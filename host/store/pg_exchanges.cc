#include "store/pg_exchanges.h"

namespace mcph::store {
namespace {

using federation::ExchangeKey;
using federation::StoredCredential;

// A revoked grant has no upstream credential, and so no row here.
constexpr Statement kLoad{"exchange_load", R"(
SELECT kek_id, wrapped_key, sealed, extract(epoch FROM access_expires_at)::bigint, version
FROM mcph.exchanged_token WHERE grant_id = $1 AND api = $2 AND version > 0)"};

constexpr Statement kTryLease{"exchange_try_lease", R"(
INSERT INTO mcph.exchanged_token AS e (grant_id, api, lease_epoch, lease_until)
SELECT u.grant_id, $2, 1, clock_timestamp() + $4 * interval '1 millisecond'
FROM mcph.upstream_credential u WHERE u.grant_id = $1
ON CONFLICT (grant_id, api) DO UPDATE
  SET lease_epoch = e.lease_epoch + 1,
      lease_until = clock_timestamp() + $4 * interval '1 millisecond'
  WHERE e.version = $3 AND (e.lease_until IS NULL OR e.lease_until <= clock_timestamp())
RETURNING lease_epoch)"};

constexpr Statement kSave{"exchange_save", R"(
UPDATE mcph.exchanged_token
SET kek_id = $4, wrapped_key = $5, sealed = $6, access_expires_at = to_timestamp($7),
    version = version + 1, lease_until = NULL
WHERE grant_id = $1 AND api = $2 AND lease_epoch = $3 AND lease_until IS NOT NULL)"};

constexpr Statement kRelease{"exchange_release", R"(
UPDATE mcph.exchanged_token SET lease_until = NULL
WHERE grant_id = $1 AND api = $2 AND lease_epoch = $3)"};

}  // namespace

const Statements& PgExchanges::statements() {
  static const Statements all{kLoad, kTryLease, kSave, kRelease};
  return all;
}

Result<std::optional<StoredCredential>> PgExchanges::load(const ExchangeKey& key) {
  if (!is_uuid(key.grant.str())) return std::optional<StoredCredential>{};
  const auto params = Params().text(key.grant.str()).text(key.api);
  return database_.find(kLoad, params, Repeat::kSafe, [](const Row& row) {
    return StoredCredential{{row.text(0), row.bytes(1), row.bytes(2), row.time(3), false},
                            row.integer(4)};
  });
}

Result<std::optional<std::int64_t>> PgExchanges::try_lease(const ExchangeKey& key,
                                                           std::int64_t version,
                                                           Milliseconds duration) {
  if (!is_uuid(key.grant.str())) return std::optional<std::int64_t>{};
  const auto params =
      Params().text(key.grant.str()).text(key.api).integer(version).integer(duration.count());
  return database_.find(kTryLease, params, Repeat::kUnsafe,
                        [](const Row& row) { return row.integer(0); });
}

Result<> PgExchanges::save(const ExchangeKey& key, std::int64_t epoch,
                           const oauth::SealedCredential& credential) {
  const Error not_ours{Code::kConflict, "somebody else exchanges this token", {}};
  if (!is_uuid(key.grant.str())) return not_ours;
  const auto params = Params()
                          .text(key.grant.str())
                          .text(key.api)
                          .integer(epoch)
                          .text(credential.kek_id)
                          .bytes(credential.wrapped_key)
                          .bytes(credential.sealed)
                          .time(credential.access_expires_at);
  if (TRY(database_.execute(kSave, params, Repeat::kUnsafe)) > 0) return Ok{};
  return not_ours;
}

Result<> PgExchanges::release(const ExchangeKey& key, std::int64_t epoch) {
  if (!is_uuid(key.grant.str())) return Ok{};
  const auto params = Params().text(key.grant.str()).text(key.api).integer(epoch);
  TRY(database_.execute(kRelease, params, Repeat::kSafe));
  return Ok{};
}

}  // namespace mcph::store
