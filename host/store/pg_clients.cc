#include "store/pg_clients.h"

#include <stdexcept>
#include <utility>

#include "base/assert.h"
#include "base/encoding.h"

namespace mcph::store {
namespace {

using oauth::AuthMethod;
using oauth::Client;
using oauth::ClientKind;

// $1 is the time at which a secret must be valid and a registration unexpired.
#define MCPH_SELECT_CLIENT                                                                     \
  "SELECT c.client_id, c.kind, c.disabled, c.name, c.redirect_uris, c.grant_types,"            \
  " c.auth_method, c.application_type, c.client_uri, c.scopes,"                                \
  " ARRAY(SELECT encode(s.secret_hash, 'hex') FROM mcph.client_secret s"                       \
  "       WHERE s.client_id = c.client_id"                                                     \
  "         AND (s.expires_at IS NULL OR s.expires_at > to_timestamp($1))"                     \
  "       ORDER BY s.created_at, s.secret_hash),"                                              \
  " extract(epoch FROM c.created_at)::bigint, extract(epoch FROM c.expires_at)::bigint,"       \
  " c.version, c.jwks, c.require_pushed_requests,"                                             \
  " c.registration_token_hash, c.registered_from, extract(epoch FROM c.fresh_until)::bigint, " \
  "c.dpop_bound FROM "                                                                         \
  "mcph.client c"                                                                              \
  " WHERE (c.expires_at IS NULL OR c.expires_at > to_timestamp($1))"

constexpr Statement kFind{"client_find", MCPH_SELECT_CLIENT " AND c.client_id = $2"};

constexpr Statement kList{"client_list", MCPH_SELECT_CLIENT R"(
  AND ($2 = '' OR (c.created_at, c.client_id) >
                  (SELECT a.created_at, a.client_id FROM mcph.client a WHERE a.client_id = $2))
ORDER BY c.created_at, c.client_id LIMIT $3)"};

constexpr Statement kInsert{"client_insert", R"(
WITH inserted AS (
  INSERT INTO mcph.client (client_id, kind, disabled, name, redirect_uris, grant_types, auth_method,
                           application_type, client_uri, scopes, created_at, expires_at, version,
                           jwks, require_pushed_requests, registration_token_hash,
                           registered_from, dpop_bound)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, to_timestamp($11), to_timestamp($12), $13, $15,
          $16, $17::bytea, $18, $19)
  RETURNING client_id, created_at)
INSERT INTO mcph.client_secret (client_id, secret_hash, created_at)
SELECT client_id, decode(hash, 'hex'), created_at FROM inserted, unnest($14::text[]) AS hash)"};

constexpr Statement kPutDocument{"client_put_document", R"(
INSERT INTO mcph.client (client_id, kind, name, redirect_uris, grant_types, auth_method,
                         application_type, client_uri, scopes, created_at, expires_at, fresh_until,
                         jwks, require_pushed_requests, dpop_bound)
VALUES ($1, 'document', $2, $3, $4, $5, $6, $7, '{}', to_timestamp($8), to_timestamp($9),
        to_timestamp($10), $11, $12, $13)
ON CONFLICT (client_id) DO UPDATE
SET name = excluded.name, redirect_uris = excluded.redirect_uris,
    grant_types = excluded.grant_types, auth_method = excluded.auth_method,
    application_type = excluded.application_type, client_uri = excluded.client_uri,
    expires_at = greatest(client.expires_at, excluded.expires_at),
    fresh_until = excluded.fresh_until, jwks = excluded.jwks,
    require_pushed_requests = excluded.require_pushed_requests, dpop_bound = excluded.dpop_bound,
    version = client.version + 1
WHERE client.kind = 'document')"};

constexpr Statement kCountRegistered{"client_count_registered", R"(
SELECT count(*) FROM mcph.client
WHERE registered_from = $1 AND registered_from <> '' AND created_at > to_timestamp($2))"};

constexpr Statement kUpdate{"client_update", R"(
WITH changed AS (
  UPDATE mcph.client
  SET disabled = $3, name = $4, redirect_uris = $5, grant_types = $6, auth_method = $7,
      application_type = $8, client_uri = $9, scopes = $10, expires_at = to_timestamp($11),
      version = version + 1, jwks = $12, require_pushed_requests = $13, dpop_bound = $14
  WHERE client_id = $1 AND version = $2
  RETURNING client_id)
SELECT pg_notify('mcph', 'client:' || client_id) FROM changed)"};

constexpr Statement kRemove{"client_remove", R"(
WITH removed AS (DELETE FROM mcph.client WHERE client_id = $1 RETURNING client_id)
SELECT pg_notify('mcph', 'client:' || client_id) FROM removed)"};

// Older secrets never live longer than they would have.
constexpr Statement kAddSecret{"client_add_secret", R"(
WITH changed AS (
  UPDATE mcph.client SET version = version + 1 WHERE client_id = $1 RETURNING client_id),
older AS (
  UPDATE mcph.client_secret s SET expires_at = least(s.expires_at, to_timestamp($3))
  FROM changed WHERE s.client_id = changed.client_id AND s.secret_hash <> $2),
added AS (
  INSERT INTO mcph.client_secret (client_id, secret_hash, created_at)
  SELECT client_id, $2::bytea, to_timestamp($4) FROM changed
  ON CONFLICT (client_id, secret_hash) DO NOTHING)
SELECT pg_notify('mcph', 'client:' || client_id) FROM changed)"};

constexpr Statement kTouch{"client_touch", R"(
UPDATE mcph.client
SET last_used_at = to_timestamp($2),
    expires_at = CASE WHEN kind IN ('dynamic', 'document') AND expires_at IS NOT NULL
                      THEN greatest(expires_at, to_timestamp($3)) ELSE expires_at END
WHERE client_id = $1
  AND (last_used_at IS NULL OR last_used_at <= to_timestamp($2) - interval '1 minute'))"};

// The words of the columns; this folder only knows the interface of oauth/.
constexpr std::pair<ClientKind, const char*> kKinds[] = {
    {ClientKind::kAdmin, "admin"},
    {ClientKind::kDynamic, "dynamic"},
    {ClientKind::kDocument, "document"},
    {ClientKind::kResourceServer, "resource_server"},
};
constexpr std::pair<AuthMethod, const char*> kMethods[] = {
    {AuthMethod::kNone, "none"},
    {AuthMethod::kBasic, "client_secret_basic"},
    {AuthMethod::kPost, "client_secret_post"},
    {AuthMethod::kPrivateKeyJwt, "private_key_jwt"},
};

template <class Words, class T>
const char* word_of(const Words& words, T value) {
  for (const auto& [known, word] : words) {
    if (known == value) return word;
  }
  ASSERT(false);
}

// A later version of this program may have written another word.
template <class Words>
auto value_of(const Words& words, const std::string& text) {
  for (const auto& [value, word] : words) {
    if (text == word) return value;
  }
  throw std::runtime_error("unknown word");
}

Client read_client(const Row& row) {
  Client client;
  client.id = ClientId(row.text(0));
  client.kind = value_of(kKinds, row.text(1));
  client.disabled = row.boolean(2);
  client.name = row.text(3);
  client.redirect_uris = row.list(4);
  client.grant_types = row.list(5);
  client.auth_method = value_of(kMethods, row.text(6));
  client.application_type = row.text(7);
  client.client_uri = row.text(8);
  client.scopes = row.list(9);
  for (const std::string& hex : row.list(10)) {
    client.secret_hashes.push_back(from_hex(hex).value());
  }
  client.created_at = row.time(11);
  client.expires_at = row.optional_time(12);
  client.version = row.integer(13);
  client.jwks = row.text(14);
  client.require_pushed_requests = row.boolean(15);
  client.registration_token_hash = row.bytes(16);
  client.registered_from = row.text(17);
  client.fresh_until = row.optional_time(18);
  client.dpop_bound = row.boolean(19);
  return client;
}

Error not_found() {
  return {Code::kNotFound, "no such client", {}};
}

}  // namespace

const Statements& PgClients::statements() {
  static const Statements all{kFind,   kList,   kInsert,    kPutDocument, kCountRegistered,
                              kUpdate, kRemove, kAddSecret, kTouch};
  return all;
}

Result<std::optional<Client>> PgClients::find(const ClientId& id) {
  const auto params = Params().time(clock_.now()).text(id.str());
  return database_.find(kFind, params, Repeat::kSafe, read_client);
}

Result<> PgClients::insert(const Client& client) {
  std::vector<std::string> hashes;
  for (const std::string& hash : client.secret_hashes) hashes.push_back(to_hex(hash));
  const auto params = Params()
                          .text(client.id.str())
                          .text(word_of(kKinds, client.kind))
                          .boolean(client.disabled)
                          .text(client.name)
                          .list(client.redirect_uris)
                          .list(client.grant_types)
                          .text(word_of(kMethods, client.auth_method))
                          .text(client.application_type)
                          .text(client.client_uri)
                          .list(client.scopes)
                          .time(client.created_at)
                          .time(client.expires_at)
                          .integer(client.version)
                          .list(hashes)
                          .text(client.jwks)
                          .boolean(client.require_pushed_requests)
                          .bytes(client.registration_token_hash)
                          .text(client.registered_from)
                          .boolean(client.dpop_bound);
  TRY(database_.execute(kInsert, params, Repeat::kUnsafe));
  return Ok{};
}

Result<> PgClients::put_document(const Client& client) {
  const auto params = Params()
                          .text(client.id.str())
                          .text(client.name)
                          .list(client.redirect_uris)
                          .list(client.grant_types)
                          .text(word_of(kMethods, client.auth_method))
                          .text(client.application_type)
                          .text(client.client_uri)
                          .time(client.created_at)
                          .time(client.expires_at)
                          .time(client.fresh_until)
                          .text(client.jwks)
                          .boolean(client.require_pushed_requests)
                          .boolean(client.dpop_bound);
  TRY(database_.execute(kPutDocument, params, Repeat::kSafe));
  return Ok{};
}

Result<std::size_t> PgClients::count_registered(const std::string& network, UnixTime since) {
  const auto count =
      TRY(database_.find(kCountRegistered, Params().text(network).time(since), Repeat::kSafe,
                         [](const Row& row) { return static_cast<std::size_t>(row.integer(0)); }));
  return count.value_or(0);
}

Result<> PgClients::update(const Client& client) {
  const auto params = Params()
                          .text(client.id.str())
                          .integer(client.version)
                          .boolean(client.disabled)
                          .text(client.name)
                          .list(client.redirect_uris)
                          .list(client.grant_types)
                          .text(word_of(kMethods, client.auth_method))
                          .text(client.application_type)
                          .text(client.client_uri)
                          .list(client.scopes)
                          .time(client.expires_at)
                          .text(client.jwks)
                          .boolean(client.require_pushed_requests)
                          .boolean(client.dpop_bound);
  if (TRY(database_.execute(kUpdate, params, Repeat::kUnsafe)) > 0) {
    barrier_.wait();
    return Ok{};
  }
  if (!TRY(find(client.id)).has_value()) return not_found();
  return Error{Code::kConflict, "the client was changed in the meantime", {}};
}

Result<> PgClients::remove(const ClientId& id) {
  if (TRY(database_.execute(kRemove, Params().text(id.str()), Repeat::kUnsafe)) == 0) {
    return not_found();
  }
  barrier_.wait();
  return Ok{};
}

Result<std::vector<Client>> PgClients::list(const ClientId& after, std::size_t count_max) {
  const auto params =
      Params().time(clock_.now()).text(after.str()).integer(static_cast<std::int64_t>(count_max));
  return database_.list(kList, params, read_client);
}

Result<> PgClients::add_secret(const ClientId& id, const std::string& secret_hash,
                               UnixTime older_until) {
  const auto params =
      Params().text(id.str()).bytes(secret_hash).time(older_until).time(clock_.now());
  if (TRY(database_.execute(kAddSecret, params, Repeat::kSafe)) > 0) return Ok{};
  return not_found();
}

Result<> PgClients::touch(const ClientId& id, UnixTime now, std::optional<UnixTime> expires_at) {
  const auto params = Params().text(id.str()).time(now).time(expires_at);
  TRY(database_.execute(kTouch, params, Repeat::kSafe));
  return Ok{};
}

}  // namespace mcph::store
