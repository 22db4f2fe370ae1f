#include "federation/credential.h"

#include <algorithm>

#include "federation/limits.h"

namespace mcph::federation {

Seconds refresh_margin(Seconds lifetime) noexcept {
  const Seconds wanted = std::max(limits::kRefreshMargin, lifetime / limits::kRefreshMarginPart);
  return std::min(wanted, lifetime / 2);
}

UnixTime good_until(const Credential& credential) noexcept {
  if (credential.refresh_token.empty()) return credential.expires_at - limits::kUsable;
  return credential.expires_at - refresh_margin(credential.lifetime);
}

}  // namespace mcph::federation
