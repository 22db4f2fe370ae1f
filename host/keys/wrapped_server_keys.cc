#include "keys/wrapped_server_keys.h"

namespace mcph::keys {

Result<std::map<std::string, std::size_t>> WrappedServerKeys::count_by_kek() {
  std::map<std::string, std::size_t> counts;
  const auto keys = TRY(store_.list());
  for (const ServerKey& key : keys) {
    if (key.state != KeyState::kDestroyed) ++counts[key.kek_id];
  }
  return counts;
}

// All at once, whatever `count_max` says: a dozen purposes with two or three keys each.
Result<Rewrapped> WrappedServerKeys::rewrap(const std::string&, std::size_t) {
  Rewrapped done;
  const auto keys = TRY(store_.list());
  for (const ServerKey& key : keys) {
    if (key.state == KeyState::kDestroyed || key.kek_id == wrapping_.active_kek()) continue;
    ++done.looked_at;
    const auto wrapped = wrapping_.rewrap(key);
    if (!wrapped.ok()) {
      ++done.unreadable;
      continue;
    }
    if (TRY(store_.replace_wrapping(key, wrapped->kek_id, wrapped->sealed))) ++done.rewrapped;
  }
  return done;
}

}  // namespace mcph::keys
