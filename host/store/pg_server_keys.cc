#include "store/pg_server_keys.h"

namespace mcph::store {
namespace {

using keys::KeyState;
using keys::ServerKey;

constexpr Statement kList{"server_key_list", R"(
SELECT id, purpose, state, kek_id, sealed, extract(epoch FROM created_at)::bigint,
       floor(extract(epoch FROM activates_at))::bigint, extract(epoch FROM activated_at)::bigint,
       extract(epoch FROM retired_at)::bigint
FROM mcph.server_key ORDER BY created_at, id)"};

// Hosts that start at the same moment all try; the index lets one win.
constexpr Statement kInsertFirst{"server_key_insert_first", R"(
INSERT INTO mcph.server_key (id, purpose, state, kek_id, sealed, created_at, activated_at)
VALUES ($1, $2, 'active', $3, $4, to_timestamp($5), to_timestamp($5))
ON CONFLICT (purpose) WHERE state = 'active' DO NOTHING)"};

constexpr Statement kInsertNext{"server_key_insert_next", R"(
WITH added AS (
  INSERT INTO mcph.server_key (id, purpose, state, kek_id, sealed, created_at, activates_at)
  VALUES ($1, $2, 'next', $3, $4, to_timestamp($5),
          clock_timestamp() + $6 * interval '1 millisecond')
  ON CONFLICT (purpose) WHERE state = 'next' DO NOTHING RETURNING id)
SELECT pg_notify('mcph', 'keys:' || id) FROM added)"};

// The old key must have left before the new one comes, or the index refuses it: hence the count.
constexpr Statement kActivate{"server_key_activate", R"(
WITH due AS (
  SELECT id, purpose FROM mcph.server_key
  WHERE id = $1 AND state = 'next' AND activates_at <= clock_timestamp() FOR UPDATE),
old AS (
  UPDATE mcph.server_key k SET state = 'retired', retired_at = to_timestamp($2) FROM due
  WHERE k.purpose = due.purpose AND k.state = 'active' RETURNING k.id),
fresh AS (
  UPDATE mcph.server_key k SET state = 'active', activated_at = to_timestamp($2)
  FROM due, (SELECT count(*) FROM old) AS gone
  WHERE k.id = due.id RETURNING k.id)
SELECT pg_notify('mcph', 'keys:' || id) FROM fresh)"};

constexpr Statement kDestroy{"server_key_destroy", R"(
WITH gone AS (
  UPDATE mcph.server_key SET state = 'destroyed', sealed = '' WHERE id = $1 AND state = 'retired'
  RETURNING id)
SELECT pg_notify('mcph', 'keys:' || id) FROM gone)"};

constexpr Statement kRewrap{"server_key_rewrap", R"(
UPDATE mcph.server_key SET kek_id = $4, sealed = $5
WHERE id = $1 AND kek_id = $2 AND sealed = $3 AND state <> 'destroyed')"};

Params params_of(const ServerKey& key) {
  return Params()
      .text(key.id)
      .text(key.purpose)
      .text(key.kek_id)
      .bytes(key.sealed)
      .time(key.created_at);
}

}  // namespace

const Statements& PgServerKeys::statements() {
  static const Statements all{kList, kInsertFirst, kInsertNext, kActivate, kDestroy, kRewrap};
  return all;
}

Result<std::vector<ServerKey>> PgServerKeys::list() {
  return database_.list(kList, Params(), [](const Row& row) {
    ServerKey key;
    key.id = row.text(0);
    key.purpose = row.text(1);
    // The column takes no other word; a newer host's new one would be of no use here.
    key.state = keys::parse_key_state(row.text(2)).value_or(KeyState::kDestroyed);
    key.kek_id = row.text(3);
    key.sealed = row.bytes(4);
    key.created_at = row.time(5);
    key.activates_at = row.optional_time(6);
    key.activated_at = row.optional_time(7);
    key.retired_at = row.optional_time(8);
    return key;
  });
}

Result<bool> PgServerKeys::insert_first(const ServerKey& key) {
  return TRY(database_.execute(kInsertFirst, params_of(key), Repeat::kSafe)) > 0;
}

Result<bool> PgServerKeys::insert_next(const ServerKey& key, Milliseconds delay) {
  const auto params = params_of(key).integer(delay.count());
  return TRY(database_.execute(kInsertNext, params, Repeat::kUnsafe)) > 0;
}

Result<bool> PgServerKeys::activate(const std::string& id, UnixTime now) {
  const auto params = Params().text(id).time(now);
  return TRY(database_.execute(kActivate, params, Repeat::kUnsafe)) > 0;
}

Result<bool> PgServerKeys::destroy(const std::string& id) {
  return TRY(database_.execute(kDestroy, Params().text(id), Repeat::kUnsafe)) > 0;
}

Result<bool> PgServerKeys::replace_wrapping(const ServerKey& from, const std::string& kek_id,
                                            const std::string& sealed) {
  const auto params =
      Params().text(from.id).text(from.kek_id).bytes(from.sealed).text(kek_id).bytes(sealed);
  return TRY(database_.execute(kRewrap, params, Repeat::kUnsafe)) > 0;
}

}  // namespace mcph::store
