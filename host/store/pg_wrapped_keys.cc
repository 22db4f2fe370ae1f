#include "store/pg_wrapped_keys.h"

#include <utility>

namespace mcph::store {
namespace {

using federation::WrappedRow;

constexpr Statement kCount{"wrapped_count", R"(
SELECT kek_id, count(*) FROM mcph.upstream_credential GROUP BY kek_id)"};

// The smallest UUID stands for "from the start".
constexpr Statement kList{"wrapped_list", R"(
SELECT grant_id, kek_id, wrapped_key FROM mcph.upstream_credential
WHERE kek_id <> $1 AND grant_id > $2 ORDER BY grant_id LIMIT $3)"};

// The wrapped bytes are random: a refresh in between has put others there.
constexpr Statement kReplace{"wrapped_replace", R"(
UPDATE mcph.upstream_credential SET kek_id = $4, wrapped_key = $5
WHERE grant_id = $1 AND kek_id = $2 AND wrapped_key = $3)"};

}  // namespace

const Statements& PgWrappedKeys::statements() {
  static const Statements all{kCount, kList, kReplace};
  return all;
}

Result<std::map<std::string, std::size_t>> PgWrappedKeys::count_by_kek() {
  const auto rows = TRY(database_.list(kCount, Params(), [](const Row& row) {
    return std::pair(row.text(0), static_cast<std::size_t>(row.integer(1)));
  }));
  return std::map<std::string, std::size_t>(rows.begin(), rows.end());
}

Result<std::vector<WrappedRow>> PgWrappedKeys::list_not_under(const std::string& kek_id,
                                                              const GrantId& after,
                                                              std::size_t count_max) {
  const bool goes_on = is_uuid(after.str());
  const auto params = Params()
                          .text(kek_id)
                          .text(goes_on ? after.str() : "00000000-0000-0000-0000-000000000000")
                          .integer(static_cast<std::int64_t>(count_max));
  return database_.list(kList, params, [](const Row& row) {
    return WrappedRow{GrantId{row.text(0)}, {row.text(1), row.bytes(2)}};
  });
}

Result<bool> PgWrappedKeys::replace_wrapping(const WrappedRow& from,
                                             const federation::WrappedDataKey& to) {
  if (!is_uuid(from.grant.str())) return false;
  const auto params = Params()
                          .text(from.grant.str())
                          .text(from.key.kek_id)
                          .bytes(from.key.bytes)
                          .text(to.kek_id)
                          .bytes(to.bytes);
  return TRY(database_.execute(kReplace, params, Repeat::kUnsafe)) > 0;
}

}  // namespace mcph::store
