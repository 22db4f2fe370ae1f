#include "oauth/token/replay.h"

#include <string>

#include "oauth/audit_event.h"

namespace mcph::oauth {

Refusal revoke_replayed(const Parts& parts, const Request& http, const GrantId& grant,
                        std::string_view reason) {
  parts.log.warn("grant.replayed", {{"grant", grant.str()}, {"reason", reason}});
  const auto revoked = parts.grants.revoke(grant, std::string(reason));
  parts.verifier.forget_grant(grant);
  AuditEvent event = make_client_event(
      reason == "code_replayed" ? audit_types::kCodeReplayed : audit_types::kTokenReused, http, {});
  event.outcome = AuditOutcome::kRefused;
  event.grant = grant;
  parts.audit.record(event);
  event.type = audit_types::kGrantRevoked;
  event.actor = AuditActor::kHost;
  event.outcome = revoked.ok() ? AuditOutcome::kDone : AuditOutcome::kFailed;
  event.details = {{"reason", std::string(reason)}};
  parts.audit.record(std::move(event));
  // Without the revocation the thief keeps what he has, so the client is made to try again.
  if (!revoked.ok() && revoked.error().code != Code::kNotFound) {
    return errors::from(revoked.error());
  }
  return errors::invalid_grant("it was used before, so everything issued with it was revoked");
}

}  // namespace mcph::oauth
