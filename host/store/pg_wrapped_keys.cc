#include "store/pg_wrapped_keys.h"

#include <utility>

namespace mcph::store {
namespace {

using federation::WrappedPlace;
using federation::WrappedRow;

// Of one place. Ids of rows are text here; the wrapped bytes are random, so a row that a refresh
// has replaced in between is not the one that was read.
struct PlaceStatements {
  Statement count;
  Statement list;     // $1 ring key that is in order, $2 id to go on after or empty, $3 how many
  Statement replace;  // $1 id, $2 and $3 as it was, $4 and $5 as it shall be
};

constexpr PlaceStatements kCredentials{{"wrapped_count_credentials", R"(
SELECT kek_id, count(*) FROM mcph.upstream_credential GROUP BY kek_id)"},
                                       {"wrapped_list_credentials", R"(
SELECT grant_id, grant_id, '', kek_id, wrapped_key FROM mcph.upstream_credential
WHERE kek_id <> $1 AND ($2 = '' OR grant_id > nullif($2, '')::uuid) ORDER BY grant_id LIMIT $3)"},
                                       {"wrapped_replace_credentials", R"(
UPDATE mcph.upstream_credential SET kek_id = $4, wrapped_key = $5
WHERE grant_id = $1::uuid AND kek_id = $2 AND wrapped_key = $3)"}};

// An id is the grant's 36 characters, then the API.
constexpr PlaceStatements kExchanged{{"wrapped_count_exchanged", R"(
SELECT kek_id, count(*) FROM mcph.exchanged_token WHERE kek_id IS NOT NULL GROUP BY kek_id)"},
                                     {"wrapped_list_exchanged", R"(
SELECT grant_id::text || api, grant_id, api, kek_id, wrapped_key FROM mcph.exchanged_token
WHERE kek_id <> $1
  AND ($2 = '' OR (grant_id, api) > (nullif(left($2, 36), '')::uuid, substr($2, 37)))
ORDER BY grant_id, api LIMIT $3)"},
                                     {"wrapped_replace_exchanged", R"(
UPDATE mcph.exchanged_token SET kek_id = $4, wrapped_key = $5
WHERE grant_id = left($1, 36)::uuid AND api = substr($1, 37) AND kek_id = $2
  AND wrapped_key = $3)"}};

constexpr PlaceStatements kRevocations{{"wrapped_count_revocations", R"(
SELECT kek_id, count(*) FROM mcph.revocation GROUP BY kek_id)"},
                                       {"wrapped_list_revocations", R"(
SELECT id, grant_id, api, kek_id, wrapped_key FROM mcph.revocation
WHERE kek_id <> $1 AND ($2 = '' OR id > nullif($2, '')::bigint) ORDER BY id LIMIT $3)"},
                                       {"wrapped_replace_revocations", R"(
UPDATE mcph.revocation SET kek_id = $4, wrapped_key = $5
WHERE id = $1::bigint AND kek_id = $2 AND wrapped_key = $3)"}};

const PlaceStatements& statements_of(WrappedPlace place) {
  switch (place) {
    case WrappedPlace::kCredentials:
      return kCredentials;
    case WrappedPlace::kExchanged:
      return kExchanged;
    case WrappedPlace::kRevocations:
      break;
  }
  return kRevocations;
}

}  // namespace

const Statements& PgWrappedKeys::statements() {
  static const Statements all{kCredentials.count, kCredentials.list, kCredentials.replace,
                              kExchanged.count,   kExchanged.list,   kExchanged.replace,
                              kRevocations.count, kRevocations.list, kRevocations.replace};
  return all;
}

Result<std::map<std::string, std::size_t>> PgWrappedKeys::count_by_kek(WrappedPlace place) {
  const auto rows = TRY(database_.list(statements_of(place).count, Params(), [](const Row& row) {
    return std::pair(row.text(0), static_cast<std::size_t>(row.integer(1)));
  }));
  return std::map<std::string, std::size_t>(rows.begin(), rows.end());
}

Result<std::vector<WrappedRow>> PgWrappedKeys::list_not_under(WrappedPlace place,
                                                              const std::string& kek_id,
                                                              const std::string& after,
                                                              std::size_t count_max) {
  const auto params =
      Params().text(kek_id).text(after).integer(static_cast<std::int64_t>(count_max));
  return database_.list(statements_of(place).list, params, [](const Row& row) {
    return WrappedRow{row.text(0), GrantId{row.text(1)}, row.text(2), {row.text(3), row.bytes(4)}};
  });
}

Result<bool> PgWrappedKeys::replace_wrapping(WrappedPlace place, const WrappedRow& from,
                                             const federation::WrappedDataKey& to) {
  const auto params = Params()
                          .text(from.id)
                          .text(from.key.kek_id)
                          .bytes(from.key.bytes)
                          .text(to.kek_id)
                          .bytes(to.bytes);
  return TRY(database_.execute(statements_of(place).replace, params, Repeat::kUnsafe)) > 0;
}

}  // namespace mcph::store
