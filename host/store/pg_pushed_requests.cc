#include "store/pg_pushed_requests.h"

namespace mcph::store {
namespace {

constexpr Statement kInsert{"pushed_insert", R"(
INSERT INTO mcph.pushed_request (uri_hash, client_id, sealed, expires_at)
VALUES ($1, $2, $3, to_timestamp($4)) ON CONFLICT (uri_hash) DO NOTHING)"};

constexpr Statement kTake{"pushed_take", R"(
DELETE FROM mcph.pushed_request
WHERE uri_hash = $1 AND client_id = $2 AND expires_at > to_timestamp($3)
RETURNING sealed)"};

}  // namespace

const Statements& PgPushedRequests::statements() {
  static const Statements all{kInsert, kTake};
  return all;
}

Result<> PgPushedRequests::insert(const oauth::PushedRequest& request) {
  const auto params = Params()
                          .bytes(request.uri_hash)
                          .text(request.client.str())
                          .bytes(request.sealed)
                          .time(request.expires_at);
  TRY(database_.execute(kInsert, params, Repeat::kSafe));
  return Ok{};
}

Result<std::optional<std::string>> PgPushedRequests::take(const std::string& uri_hash,
                                                          const ClientId& client, UnixTime now) {
  const auto params = Params().bytes(uri_hash).text(client.str()).time(now);
  return database_.find(kTake, params, Repeat::kUnsafe,
                        [](const Row& row) { return row.bytes(0); });
}

}  // namespace mcph::store
