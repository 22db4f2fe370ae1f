#include "federation/wrapped_credentials.h"

namespace mcph::federation {

Result<std::map<std::string, std::size_t>> WrappedCredentials::count_by_kek() {
  return store_.count_by_kek();
}

Result<keys::Rewrapped> WrappedCredentials::rewrap(const std::string& after,
                                                   std::size_t count_max) {
  keys::Rewrapped done;
  const auto rows = TRY(store_.list_not_under(ring_.active_id(), GrantId{after}, count_max));
  for (const WrappedRow& row : rows) {
    ++done.looked_at;
    const auto wrapped = sealer_.rewrap(row.grant, row.key);
    if (!wrapped.ok()) {
      ++done.unreadable;
      continue;
    }
    // A refresh in between has replaced the row, and used the active key.
    if (TRY(store_.replace_wrapping(row, *wrapped))) ++done.rewrapped;
  }
  if (rows.size() == count_max) done.last = rows.back().grant.str();
  return done;
}

}  // namespace mcph::federation
