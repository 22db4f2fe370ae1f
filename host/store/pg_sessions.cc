#include "store/pg_sessions.h"

namespace mcph::store {
namespace {

constexpr Statement kTerminate{"session_terminate", R"(
WITH ended AS (
  INSERT INTO mcph.terminated_session (id_hash, expires_at) VALUES ($1, to_timestamp($2))
  ON CONFLICT (id_hash) DO UPDATE
    SET expires_at = greatest(terminated_session.expires_at, excluded.expires_at)
  RETURNING id_hash)
SELECT pg_notify('mcph', 'session:' || encode(id_hash, 'hex')) FROM ended)"};

constexpr Statement kFind{"session_find_terminated",
                          "SELECT 1 FROM mcph.terminated_session WHERE id_hash = $1"};

}  // namespace

const Statements& PgSessions::statements() {
  static const Statements all{kTerminate, kFind};
  return all;
}

Result<> PgSessions::terminate(const std::string& id_hash, UnixTime expires_at) {
  TRY(database_.execute(kTerminate, Params().bytes(id_hash).time(expires_at), Repeat::kSafe));
  barrier_.wait();
  return Ok{};
}

Result<bool> PgSessions::is_terminated(const std::string& id_hash) {
  return TRY(database_.execute(kFind, Params().bytes(id_hash), Repeat::kSafe)) > 0;
}

}  // namespace mcph::store
