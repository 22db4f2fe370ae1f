#include "store/pg_sessions.h"

#include "base/encoding.h"

namespace mcph::store {
namespace {

constexpr Statement kTerminate{"session_terminate", R"(
WITH ended AS (
  INSERT INTO mcph.terminated_session (id_hash, expires_at) VALUES ($1, to_timestamp($2))
  ON CONFLICT (id_hash) DO UPDATE
    SET expires_at = greatest(terminated_session.expires_at, excluded.expires_at)
  RETURNING id_hash)
SELECT pg_notify('mcph', 'session:' || encode(id_hash, 'hex')) FROM ended)"};

constexpr Statement kLoad{"session_load", R"(
SELECT EXISTS (SELECT 1 FROM mcph.terminated_session WHERE id_hash = $1) AS terminated,
       coalesce(s.log_level, -1), coalesce(s.capabilities, 0), coalesce(s.subscriptions, '{}')
FROM (VALUES (1)) AS one LEFT JOIN mcph.session_state s ON s.id_hash = $1)"};

// Notifies of whatever `changed` returned.
#define MCPH_TELL " SELECT pg_notify('mcph', 'state:' || encode(id_hash, 'hex')) FROM changed"

constexpr Statement kSetLogLevel{"session_set_log_level", R"(
WITH changed AS (
  INSERT INTO mcph.session_state (id_hash, log_level, expires_at)
  VALUES ($1, $2, to_timestamp($3))
  ON CONFLICT (id_hash) DO UPDATE SET log_level = excluded.log_level
  RETURNING id_hash))" MCPH_TELL};

constexpr Statement kSetCapabilities{"session_set_capabilities", R"(
WITH changed AS (
  INSERT INTO mcph.session_state (id_hash, capabilities, expires_at)
  VALUES ($1, $2, to_timestamp($3))
  ON CONFLICT (id_hash) DO UPDATE SET capabilities = excluded.capabilities
  RETURNING id_hash))" MCPH_TELL};

constexpr Statement kSubscribe{"session_subscribe", R"(
WITH changed AS (
  INSERT INTO mcph.session_state AS s (id_hash, subscriptions, expires_at)
  VALUES ($1, ARRAY[$2::text], to_timestamp($4))
  ON CONFLICT (id_hash) DO UPDATE
    SET subscriptions = array_append(array_remove(s.subscriptions, $2::text), $2::text)
    WHERE $2::text = ANY(s.subscriptions) OR cardinality(s.subscriptions) < $3
  RETURNING id_hash))" MCPH_TELL};

constexpr Statement kUnsubscribe{"session_unsubscribe", R"(
WITH changed AS (
  UPDATE mcph.session_state SET subscriptions = array_remove(subscriptions, $2::text)
  WHERE id_hash = $1 AND $2::text = ANY(subscriptions)
  RETURNING id_hash))" MCPH_TELL};

mcp::SessionState read_state(const Row& row) {
  mcp::SessionState state;
  state.terminated = row.boolean(0);
  const std::int64_t level = row.integer(1);
  if (level >= 0 && level <= 7) state.log_level = static_cast<mcp::Severity>(level);
  state.capabilities = static_cast<std::uint16_t>(row.integer(2));
  for (const std::string& hex : row.list(3)) {
    if (auto hash = from_hex(hex)) state.subscriptions.push_back(*std::move(hash));
  }
  return state;
}

}  // namespace

const Statements& PgSessions::statements() {
  static const Statements all{kTerminate,       kLoad,      kSetLogLevel,
                              kSetCapabilities, kSubscribe, kUnsubscribe};
  return all;
}

Result<> PgSessions::terminate(const std::string& id_hash, UnixTime expires_at) {
  TRY(database_.execute(kTerminate, Params().bytes(id_hash).time(expires_at), Repeat::kSafe));
  barrier_.wait();
  return Ok{};
}

Result<mcp::SessionState> PgSessions::load(const std::string& id_hash) {
  auto state = TRY(database_.find(kLoad, Params().bytes(id_hash), Repeat::kSafe, read_state));
  return state.has_value() ? *std::move(state) : mcp::SessionState{};
}

Result<> PgSessions::set_log_level(const std::string& id_hash, mcp::Severity level,
                                   UnixTime expires_at) {
  const auto params =
      Params().bytes(id_hash).integer(static_cast<std::int64_t>(level)).time(expires_at);
  TRY(database_.execute(kSetLogLevel, params, Repeat::kSafe));
  return Ok{};
}

Result<> PgSessions::set_capabilities(const std::string& id_hash, std::uint16_t capabilities,
                                      UnixTime expires_at) {
  const auto params = Params().bytes(id_hash).integer(capabilities).time(expires_at);
  TRY(database_.execute(kSetCapabilities, params, Repeat::kSafe));
  return Ok{};
}

Result<> PgSessions::subscribe(const std::string& id_hash, const std::string& uri_hash,
                               std::size_t count_max, UnixTime expires_at) {
  const auto params = Params()
                          .bytes(id_hash)
                          .text(to_hex(uri_hash))
                          .integer(static_cast<std::int64_t>(count_max))
                          .time(expires_at);
  if (TRY(database_.execute(kSubscribe, params, Repeat::kSafe)) > 0) return Ok{};
  return Error{Code::kLimit, "too many subscriptions in this session", {}};
}

Result<> PgSessions::unsubscribe(const std::string& id_hash, const std::string& uri_hash) {
  const auto params = Params().bytes(id_hash).text(to_hex(uri_hash));
  TRY(database_.execute(kUnsubscribe, params, Repeat::kSafe));
  return Ok{};
}

}  // namespace mcph::store
