#include "oauth/token/replay.h"

namespace mcph::oauth {

Refusal revoke_replayed(const Parts& parts, const GrantId& grant, std::string_view reason) {
  parts.log.warn("grant.replayed", {{"grant", grant.str()}, {"reason", reason}});
  const auto revoked = parts.grants.revoke(grant, std::string(reason));
  parts.verifier.forget_grant(grant);
  // Without the revocation the thief keeps what he has, so the client is made to try again.
  if (!revoked.ok() && revoked.error().code != Code::kNotFound) {
    return errors::from(revoked.error());
  }
  return errors::invalid_grant("it was used before, so everything issued with it was revoked");
}

}  // namespace mcph::oauth
