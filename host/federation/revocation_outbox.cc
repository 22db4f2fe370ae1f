#include "federation/revocation_outbox.h"

#include <algorithm>
#include <string>
#include <utility>

#include "federation/jitter.h"
#include "federation/limits.h"
#include "federation/token_endpoint.h"
#include "observability/audit_types.h"

namespace mcph::federation {

RevocationOutbox::RevocationOutbox(RevocationStore& store, Discovery& discovery,
                                   AuthenticatedPost& post, const CredentialSealer& sealer,
                                   const Pause& pause, Random& random, const Clock& clock,
                                   const Log& log, AuditLog& audit)
    : store_(store),
      discovery_(discovery),
      post_(post),
      sealer_(sealer),
      pause_(pause),
      random_(random),
      clock_(clock),
      log_(log),
      audit_(audit) {}

int RevocationOutbox::run() {
  if (pause_.is_on()) return 0;
  const auto due = store_.take_due(limits::kRevocationsPerRound, limits::kRevocationLease);
  if (!due.ok()) {
    log_.failure(LogLevel::kWarn, "upstream.revocations_unread", due.error());
    return 0;
  }
  if (due->empty()) return 0;
  const auto metadata = discovery_.get();
  int told = 0;
  bool is_up = metadata.ok();
  for (const PendingRevocation& pending : *due) {
    // Who does not answer for one will not for the next: the rest waits like it.
    const Outcome outcome =
        is_up ? revoke(pending, (*metadata)->revocation_endpoint) : Outcome::kTryLater;
    is_up = outcome != Outcome::kTryLater;
    if (outcome == Outcome::kDone) ++told;
    settle(pending, outcome);
  }
  return told;
}

void RevocationOutbox::settle(const PendingRevocation& pending, Outcome outcome) {
  const bool is_old = clock_.now() >= pending.created_at + limits::kRevocationPatience;
  if (outcome == Outcome::kTryLater && is_old) {
    log_.error("upstream.revocation_given_up", {{"grant", pending.grant.str()}});
  }
  const Result<> settled = outcome == Outcome::kTryLater && !is_old
                               ? store_.postpone(pending.id, pause_after(pending.attempts))
                               : store_.finish(pending.id);
  // Else the lease runs out, and PingOne is told once more: that is harmless.
  if (!settled.ok())
    log_.failure(LogLevel::kWarn, "upstream.revocation_unsettled", settled.error());
  if (outcome == Outcome::kDone) log_.info("upstream.revoked", {{"grant", pending.grant.str()}});
  if (outcome != Outcome::kTryLater || is_old) record(pending, outcome);
}

void RevocationOutbox::record(const PendingRevocation& pending, Outcome outcome) {
  AuditEvent event;
  event.type = audit_types::kUpstreamRevoked;
  event.outcome = outcome == Outcome::kDone      ? AuditOutcome::kDone
                  : outcome == Outcome::kRefused ? AuditOutcome::kRefused
                                                 : AuditOutcome::kFailed;
  event.grant = pending.grant;
  if (!pending.api.empty()) event.details = {{"api", pending.api}};
  audit_.record(std::move(event));
}

RevocationOutbox::Outcome RevocationOutbox::revoke(const PendingRevocation& pending,
                                                   const std::string& endpoint) {
  if (endpoint.empty()) {
    log_.warn("upstream.not_revocable", {{"grant", pending.grant.str()}});
    return Outcome::kRefused;
  }
  const GrantId name =
      pending.api.empty() ? pending.grant : bind_to_api(pending.grant, pending.api);
  const auto credential = sealer_.open(name, pending.credential);
  if (!credential.ok()) {
    log_.failure(LogLevel::kError, "upstream.unreadable", credential.error());
    return Outcome::kTryLater;  // mended by putting the key back into the ring
  }
  // The refresh token first: with it gone nothing new comes, whatever becomes of the rest.
  if (!credential->refresh_token.empty()) {
    const Outcome outcome = send(pending, endpoint, credential->refresh_token, "refresh_token");
    if (outcome == Outcome::kTryLater) return outcome;
  }
  if (credential->expires_at <= clock_.now()) return Outcome::kDone;
  return send(pending, endpoint, credential->access_token, "access_token");
}

RevocationOutbox::Outcome RevocationOutbox::send(const PendingRevocation& pending,
                                                 const std::string& endpoint, const Secret& token,
                                                 const char* hint) {
  FormFields form{{"token_type_hint", hint}};
  form.emplace_back("token", token.reveal());
  const auto response =
      post_.send(endpoint, std::move(form), limits::kRevocationTimeoutMs, "revoke");
  if (response.ok() && response->status == 200) return Outcome::kDone;
  const TokenFailure failure =
      response.ok() ? read_failure(*response) : read_failure(response.error());
  log_.warn("upstream.revocation_failed", {{"grant", pending.grant.str()},
                                           {"token", hint},
                                           {"kind", to_string(failure.kind)},
                                           {"detail", failure.detail}});
  // RFC 7009 §2.2.1: a token that cannot be revoked stays so. PingOne refuses those without a
  // session.
  const bool is_final = failure.kind == TokenFailure::Kind::kRefused ||
                        failure.kind == TokenFailure::Kind::kInvalidGrant;
  return is_final ? Outcome::kRefused : Outcome::kTryLater;
}

Milliseconds RevocationOutbox::pause_after(int attempts) {
  const int doublings = std::clamp(attempts - 1, 0, 10);
  const Milliseconds pause =
      std::min(limits::kRevocationPauseFirst * (1 << doublings), limits::kRevocationPauseMax);
  return with_jitter(pause, random_);
}

}  // namespace mcph::federation
