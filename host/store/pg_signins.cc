#include "store/pg_signins.h"

namespace mcph::store {
namespace {

// A state belongs to one approval, so a conflict is that approval given twice, or this very row
// written before the connection broke.
constexpr Statement kInsert{"signin_insert", R"(
INSERT INTO mcph.signin AS known (state_hash, browser_hash, sealed, expires_at)
VALUES ($1, $2, $3, to_timestamp($4))
ON CONFLICT (state_hash) DO UPDATE
  SET sealed = excluded.sealed, expires_at = excluded.expires_at
  WHERE known.browser_hash = excluded.browser_hash)"};

constexpr Statement kTake{"signin_take", R"(
DELETE FROM mcph.signin
WHERE state_hash = $1 AND browser_hash = $2 AND expires_at > to_timestamp($3)
RETURNING sealed, extract(epoch FROM expires_at)::bigint)"};

}  // namespace

const Statements& PgSignIns::statements() {
  static const Statements all{kInsert, kTake};
  return all;
}

Result<> PgSignIns::insert(const oauth::SignIn& signin) {
  const auto params = Params()
                          .bytes(signin.state_hash)
                          .bytes(signin.browser_hash)
                          .bytes(signin.sealed)
                          .time(signin.expires_at);
  TRY(database_.execute(kInsert, params, Repeat::kSafe));
  return Ok{};
}

Result<std::optional<oauth::SignIn>> PgSignIns::take(const std::string& state_hash,
                                                     const std::string& browser_hash,
                                                     UnixTime now) {
  const auto params = Params().bytes(state_hash).bytes(browser_hash).time(now);
  return database_.find(kTake, params, Repeat::kUnsafe, [&](const Row& row) {
    return oauth::SignIn{state_hash, browser_hash, row.bytes(0), row.time(1)};
  });
}

}  // namespace mcph::store
