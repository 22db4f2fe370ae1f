#include "store/pg_replays.h"

namespace mcph::store {
namespace {

constexpr Statement kUseOnce{"replay_use_once", R"(
INSERT INTO mcph.used_id (id_hash, expires_at) VALUES ($1, to_timestamp($2))
ON CONFLICT (id_hash) DO NOTHING)"};

}  // namespace

const Statements& PgReplays::statements() {
  static const Statements all{kUseOnce};
  return all;
}

// Not repeated: after a lost answer our own row would look like a replay. Whoever asks makes a new
// id then.
Result<bool> PgReplays::use_once(const std::string& id_hash, UnixTime expires_at) {
  const auto params = Params().bytes(id_hash).time(expires_at);
  return TRY(database_.execute(kUseOnce, params, Repeat::kUnsafe)) == 1;
}

}  // namespace mcph::store
