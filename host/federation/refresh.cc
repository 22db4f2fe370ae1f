#include "federation/refresh.h"

#include <utility>
#include <variant>

#include "federation/limits.h"
#include "federation/scope_shrink.h"
#include "observability/audit_types.h"

namespace mcph::federation {
namespace {

using Kind = TokenFailure::Kind;

// Nobody knows whether the provider has used up the refresh token. Asking once more with the same
// one is right within the grace period PingOne should be configured with, and harmless outside it:
// the grant would be lost already.
bool is_ambiguous(const TokenOutcome& outcome) {
  const auto* failure = std::get_if<TokenFailure>(&outcome);
  return failure != nullptr &&
         (failure->kind == Kind::kUnreachable || failure->kind == Kind::kGarbled);
}

}  // namespace

Error sign_in_again() {
  return Error{Code::kUnauthorized, "the sign-in has ended; please sign in again", {}};
}

Error try_later(std::string why) {
  return Error{Code::kUnavailable,
               "the sign-in service is temporarily unavailable; try again later", std::move(why)};
}

Refresh::Refresh(UpstreamStore& store, TokenEndpoint& endpoint, const CredentialSealer& sealer,
                 Pause& pause, const Clock& clock, const Log& log, AuditLog& audit, Sleep sleep)
    : store_(store),
      endpoint_(endpoint),
      sealer_(sealer),
      pause_(pause),
      clock_(clock),
      log_(log),
      audit_(audit),
      sleep_(std::move(sleep)) {}

Result<Credential> Refresh::run(const GrantId& grant, const Credential& old, std::int64_t epoch) {
  if (old.refresh_token.empty()) return end_grant(grant, epoch, "upstream_expired");
  TokenOutcome outcome = ask(grant, old.refresh_token);
  if (auto* tokens = std::get_if<TokenResponse>(&outcome)) {
    pause_.note_success();
    return accept(grant, old, epoch, std::move(*tokens));
  }
  const auto& failure = std::get<TokenFailure>(outcome);
  pause_.note_failure(failure);
  if (failure.kind == Kind::kInvalidGrant) {
    log_.warn("upstream.invalid_grant", {{"grant", grant.str()}, {"detail", failure.detail}});
    return end_grant(grant, epoch, "upstream_invalid_grant");
  }
  return give_up(grant, epoch, failure);
}

TokenOutcome Refresh::ask(const GrantId& grant, const Secret& refresh_token) {
  TokenOutcome outcome = endpoint_.refresh(refresh_token, limits::kRefreshAttemptMs);
  if (!is_ambiguous(outcome)) return outcome;
  log_.warn("upstream.refresh_repeated",
            {{"grant", grant.str()}, {"detail", std::get<TokenFailure>(outcome).detail}});
  outcome = endpoint_.refresh(refresh_token, limits::kRefreshAttemptMs);
  const auto* failure = std::get_if<TokenFailure>(&outcome);
  if (failure != nullptr && failure->kind == Kind::kInvalidGrant) {
    // The first attempt went through and only its answer was lost: a grace period saves the user
    // from signing in again.
    log_.error("upstream.no_grace",
               {{"grant", grant.str()},
                {"meaning",
                 "give the PingOne application a refresh token rolling grace period of "
                 "at least 60 seconds"}});
  }
  return outcome;
}

// An ID token in the answer is not read: who the user is was settled at the sign-in, and nothing of
// it is believed again without a nonce.
Result<Credential> Refresh::accept(const GrantId& grant, const Credential& old, std::int64_t epoch,
                                   TokenResponse tokens) {
  Credential renewed;
  renewed.access_token = std::move(tokens.access_token);
  // RFC 6749 §6: without a new refresh token the old one stays.
  renewed.refresh_token =
      tokens.refresh_token.empty() ? old.refresh_token : std::move(tokens.refresh_token);
  renewed.scope = tokens.scope.value_or(old.scope);
  renewed.claims_json = old.claims_json;
  renewed.refreshed_at = clock_.now();
  renewed.lifetime = tokens.lifetime;
  renewed.expires_at = renewed.refreshed_at + tokens.lifetime;
  if (const std::string lost = find_lost_scopes(old.scope, renewed.scope); !lost.empty()) {
    log_.warn("upstream.scope_shrunk", {{"grant", grant.str()}, {"lost", lost}});
  }
  TRY(save(grant, epoch, renewed));
  log_.info("upstream.refreshed", {{"grant", grant.str()}});
  AuditEvent event;
  event.type = audit_types::kUpstreamRefreshed;
  event.grant = grant;
  audit_.note(std::move(event));
  return renewed;
}

Result<> Refresh::save(const GrantId& grant, std::int64_t epoch, const Credential& credential) {
  const oauth::SealedCredential sealed = sealer_.seal(grant, credential);
  Result<> saved = store_.save(grant, epoch, sealed);
  for (int i = 1; i < limits::kSaveAttempts && !saved.ok(); ++i) {
    if (saved.error().code == Code::kConflict) break;
    sleep_(limits::kSavePause);
    saved = store_.save(grant, epoch, sealed);
  }
  if (!saved.ok()) log_.failure(LogLevel::kError, "upstream.refresh_lost", saved.error());
  if (saved.ok() || saved.error().code == Code::kConflict) return saved;
  return try_later("store: " + saved.error().detail);
}

Error Refresh::end_grant(const GrantId& grant, std::int64_t epoch, const char* reason) {
  const Result<> marked = store_.mark_dead(grant, epoch, reason);
  if (!marked.ok() && marked.error().code == Code::kConflict) return marked.error();
  if (!marked.ok()) log_.failure(LogLevel::kError, "upstream.mark_dead", marked.error());
  log_.info("upstream.ended", {{"grant", grant.str()}, {"reason", reason}});
  AuditEvent event;
  event.type = audit_types::kUpstreamEnded;
  event.outcome = marked.ok() ? AuditOutcome::kDone : AuditOutcome::kFailed;
  event.grant = grant;
  event.details = {{"reason", reason}};
  audit_.record(std::move(event));
  return sign_in_again();
}

Error Refresh::give_up(const GrantId& grant, std::int64_t epoch, const TokenFailure& failure) {
  // A refused client is a fault of the configuration, so it is as loud as the log gets.
  const bool ours = failure.kind == Kind::kInvalidClient || failure.kind == Kind::kRefused;
  log_.write(
      ours ? LogLevel::kError : LogLevel::kWarn, "upstream.refresh_failed",
      {{"grant", grant.str()}, {"kind", to_string(failure.kind)}, {"detail", failure.detail}});
  const Result<> released = store_.release(grant, epoch);  // else the lease runs out by itself
  if (!released.ok()) log_.failure(LogLevel::kDebug, "upstream.release", released.error());
  return try_later(std::string("refresh: ") + to_string(failure.kind));
}

}  // namespace mcph::federation
