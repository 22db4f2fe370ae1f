#include "federation/wrapped_credentials.h"

namespace mcph::federation {

std::string_view WrappedCredentials::sort() const noexcept {
  switch (place_) {
    case WrappedPlace::kCredentials:
      return "upstream_credentials";
    case WrappedPlace::kExchanged:
      return "exchanged_tokens";
    case WrappedPlace::kRevocations:
      return "revocations";
  }
  return "";
}

Result<std::map<std::string, std::size_t>> WrappedCredentials::count_by_kek() {
  return store_.count_by_kek(place_);
}

Result<keys::Rewrapped> WrappedCredentials::rewrap(const std::string& after,
                                                   std::size_t count_max) {
  keys::Rewrapped done;
  const auto rows = TRY(store_.list_not_under(place_, ring_.active_id(), after, count_max));
  for (const WrappedRow& row : rows) {
    ++done.looked_at;
    const GrantId bound_to = row.api.empty() ? row.grant : bind_to_api(row.grant, row.api);
    const auto wrapped = sealer_.rewrap(bound_to, row.key);
    if (!wrapped.ok()) {
      ++done.unreadable;
      continue;
    }
    // A refresh in between has replaced the row, and used the active key.
    if (TRY(store_.replace_wrapping(place_, row, *wrapped))) ++done.rewrapped;
  }
  if (rows.size() == count_max) done.last = rows.back().id;
  return done;
}

}  // namespace mcph::federation
