#include "store/pg_registration_tokens.h"

namespace mcph::store {
namespace {

using oauth::RegistrationToken;

constexpr Statement kInsert{"registration_token_insert", R"(
INSERT INTO mcph.registration_token (name, token_hash, created_at, expires_at, uses_max)
VALUES ($1, $2, to_timestamp($3), to_timestamp($4), $5))"};

constexpr Statement kList{"registration_token_list", R"(
SELECT name, token_hash, extract(epoch FROM created_at)::bigint,
       extract(epoch FROM expires_at)::bigint, uses_max, uses
FROM mcph.registration_token ORDER BY name LIMIT 1000)"};

constexpr Statement kRemove{"registration_token_remove",
                            "DELETE FROM mcph.registration_token WHERE name = $1"};

constexpr Statement kUse{"registration_token_use", R"(
UPDATE mcph.registration_token SET uses = uses + 1
WHERE token_hash = $1 AND uses < uses_max AND expires_at > to_timestamp($2))"};

}  // namespace

const Statements& PgRegistrationTokens::statements() {
  static const Statements all{kInsert, kList, kRemove, kUse};
  return all;
}

Result<> PgRegistrationTokens::insert(const RegistrationToken& token) {
  const auto params = Params()
                          .text(token.name)
                          .bytes(token.token_hash)
                          .time(token.created_at)
                          .time(token.expires_at)
                          .integer(token.uses_max);
  TRY(database_.execute(kInsert, params, Repeat::kUnsafe));
  return Ok{};
}

Result<std::vector<RegistrationToken>> PgRegistrationTokens::list() {
  return database_.list(kList, Params(), [](const Row& row) {
    RegistrationToken token;
    token.name = row.text(0);
    token.token_hash = row.bytes(1);
    token.created_at = row.time(2);
    token.expires_at = row.time(3);
    token.uses_max = row.integer(4);
    token.uses = row.integer(5);
    return token;
  });
}

Result<> PgRegistrationTokens::remove(const std::string& name) {
  if (TRY(database_.execute(kRemove, Params().text(name), Repeat::kSafe)) > 0) return Ok{};
  return Error{Code::kNotFound, "no such registration token", {}};
}

// Not repeated: one registration must not count twice.
Result<bool> PgRegistrationTokens::use(const std::string& token_hash, UnixTime now) {
  const auto params = Params().bytes(token_hash).time(now);
  return TRY(database_.execute(kUse, params, Repeat::kUnsafe)) == 1;
}

}  // namespace mcph::store
