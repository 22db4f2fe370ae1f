#include "store/pg_plugin_kv.h"

namespace mcph::store {
namespace {

using plugins::KvEntry;
using plugins::KvSpace;

// $1 to $3: the space.
constexpr Statement kFind{"plugin_kv_find", R"(
SELECT key, sealed, version FROM mcph.plugin_entry
WHERE plugin = $1 AND issuer = $2 AND subject = $3 AND key = $4
  AND (expires_at IS NULL OR expires_at > to_timestamp($5)))"};

constexpr Statement kPut{"plugin_kv_put", R"(
SELECT mcph.put_plugin_entry($1, $2, $3, $4, $5, $6::bigint, to_timestamp($7), to_timestamp($8),
                             $9, $10))"};

constexpr Statement kRemove{"plugin_kv_remove", R"(
DELETE FROM mcph.plugin_entry
WHERE plugin = $1 AND issuer = $2 AND subject = $3 AND key = $4
  AND ($5::bigint IS NULL OR version = $5)
  AND (expires_at IS NULL OR expires_at > to_timestamp($6))
RETURNING version)"};

constexpr Statement kList{"plugin_kv_list", R"(
SELECT key, version FROM mcph.plugin_entry
WHERE plugin = $1 AND issuer = $2 AND subject = $3 AND starts_with(key, $4) AND key > $5
  AND (expires_at IS NULL OR expires_at > to_timestamp($6))
ORDER BY key LIMIT $7)"};

Params in(const KvSpace& space) {
  return Params().text(space.plugin).text(space.issuer).text(space.subject);
}

std::int64_t to_integer(std::size_t number) {
  return static_cast<std::int64_t>(number);
}

}  // namespace

const Statements& PgPluginKv::statements() {
  static const Statements all{kFind, kPut, kRemove, kList};
  return all;
}

Result<std::optional<KvEntry>> PgPluginKv::find(const KvSpace& space, const std::string& key) {
  const auto params = in(space).text(key).time(clock_.now());
  return database_.find(kFind, params, Repeat::kSafe, [](const Row& row) {
    return KvEntry{row.text(0), row.bytes(1), row.integer(2)};
  });
}

// A comparison must not be repeated: after a lost answer our own write would look like another's.
Result<std::optional<std::int64_t>> PgPluginKv::put(const KvSpace& space,
                                                    const plugins::KvWrite& write,
                                                    const plugins::KvQuota& quota) {
  const auto params = in(space)
                          .text(write.key)
                          .bytes(write.value)
                          .integer(write.if_version)
                          .time(write.expires_at)
                          .time(clock_.now())
                          .integer(to_integer(quota.entries_max))
                          .integer(to_integer(quota.bytes_max));
  const Repeat repeat = write.if_version ? Repeat::kUnsafe : Repeat::kSafe;
  const auto version =
      TRY(database_.find(kPut, params, repeat, [](const Row& row) { return row.integer(0); }));
  if (!version || *version < 0) return Error{Code::kLimit, "the plugin's space is full", {}};
  if (*version == 0) return std::optional<std::int64_t>();
  return version;
}

Result<std::optional<std::int64_t>> PgPluginKv::remove(const KvSpace& space, const std::string& key,
                                                       std::optional<std::int64_t> if_version) {
  const auto params = in(space).text(key).integer(if_version).time(clock_.now());
  return database_.find(kRemove, params, Repeat::kUnsafe,
                        [](const Row& row) { return row.integer(0); });
}

Result<std::vector<KvEntry>> PgPluginKv::list(const KvSpace& space, const std::string& prefix,
                                              const std::string& after, std::size_t count_max) {
  const auto params =
      in(space).text(prefix).text(after).time(clock_.now()).integer(to_integer(count_max));
  return database_.list(kList, params, [](const Row& row) {
    return KvEntry{row.text(0), {}, row.integer(1)};
  });
}

}  // namespace mcph::store
