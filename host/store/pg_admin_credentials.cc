#include "store/pg_admin_credentials.h"

namespace mcph::store {
namespace {

constexpr Statement kInsert{"admin_credential_insert", R"(
INSERT INTO mcph.admin_credential (token_hash, name, created_at, expires_at)
VALUES ($1, $2, to_timestamp($3), to_timestamp($4)))"};

constexpr Statement kFind{"admin_credential_find", R"(
SELECT name, extract(epoch FROM created_at)::bigint, extract(epoch FROM expires_at)::bigint
FROM mcph.admin_credential
WHERE token_hash = $1 AND revoked_at IS NULL
  AND (expires_at IS NULL OR expires_at > to_timestamp($2)))"};

}  // namespace

const Statements& PgAdminCredentials::statements() {
  static const Statements all{kInsert, kFind};
  return all;
}

Result<> PgAdminCredentials::insert(const admin::AdminCredential& credential) {
  const auto params = Params()
                          .bytes(credential.token_hash)
                          .text(credential.name)
                          .time(credential.created_at)
                          .time(credential.expires_at);
  TRY(database_.execute(kInsert, params, Repeat::kUnsafe));
  return Ok{};
}

Result<std::optional<admin::AdminCredential>> PgAdminCredentials::find(
    const std::string& token_hash, UnixTime now) {
  return database_.find(
      kFind, Params().bytes(token_hash).time(now), Repeat::kSafe, [&](const Row& row) {
        return admin::AdminCredential{row.text(0), token_hash, row.time(1), row.optional_time(2)};
      });
}

}  // namespace mcph::store
