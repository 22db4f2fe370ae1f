#include "federation/upstream_tokens.h"

#include <algorithm>
#include <string>
#include <utility>

#include "federation/limits.h"

namespace mcph::federation {
namespace {

Error from_store(const Error& error) {
  return try_later("store: " + error.detail);
}

}  // namespace

UpstreamTokens::UpstreamTokens(UpstreamStore& store, ExchangeStore& exchanges,
                               TokenEndpoint& endpoint, const CredentialSealer& sealer,
                               Pause& pause, const Clock& clock, const Log& log, AuditLog& audit,
                               Sleep sleep)
    : store_(store),
      exchanges_(exchanges),
      endpoint_(endpoint),
      sealer_(sealer),
      clock_(clock),
      log_(log),
      sleep_(std::move(sleep)),
      pause_(pause),
      refresh_(store, endpoint, sealer, pause_, clock, log, audit, sleep_),
      front_(clock, limits::kLease, [this](const GrantId& grant, std::int64_t above_version) {
        return obtain(grant, above_version);
      }) {}

plugins::UpstreamTokenSource& UpstreamTokens::for_api(const plugins::UpstreamApi& api) {
  if (api.audience.empty()) return *this;
  const std::lock_guard lock(apis_mutex_);
  auto& tokens = apis_[api.audience + ' ' + api.scope];
  if (tokens == nullptr) {
    tokens = std::make_unique<ExchangedTokens>(
        ExchangedTokens::Parts{*this, exchanges_, endpoint_, sealer_, pause_, clock_, log_, sleep_},
        api);
  }
  return *tokens;
}

void UpstreamTokens::forget(const GrantId& grant) {
  front_.forget(grant);
  const std::lock_guard lock(apis_mutex_);
  for (const auto& [name, tokens] : apis_) tokens->forget(grant);
}

void UpstreamTokens::forget_all() {
  front_.forget_all();
  const std::lock_guard lock(apis_mutex_);
  for (const auto& [name, tokens] : apis_) tokens->forget_all();
}

Result<plugins::UpstreamTokenPtr> UpstreamTokens::obtain(const GrantId& grant,
                                                         std::int64_t above_version) {
  const SteadyTime deadline = clock_.steady() + limits::kRefreshWait;
  for (Milliseconds pause = limits::kPollFirst;; pause = std::min(pause * 2, limits::kPollMax)) {
    const bool is_last_look = clock_.steady() >= deadline;
    const TokenCache::Ticket ticket = front_.ticket(grant);
    const std::optional<Stored> stored = TRY(load(grant));
    if (!stored) {
      front_.forget(grant);
      return sign_in_again();
    }
    const bool is_new = stored->version > above_version;
    if (is_new && clock_.now() < good_until(stored->credential)) {
      return front_.remember(grant, *stored, ticket);
    }
    if (was_just_refreshed(*stored, above_version)) {
      return try_later("the API refuses tokens that were just refreshed");
    }
    Result<std::optional<Stored>> renewed = try_refresh(grant, *stored);
    if (renewed.ok() && *renewed) return front_.remember(grant, **renewed, ticket);
    if (!renewed.ok() && renewed.error().code == Code::kUnauthorized) {
      front_.forget(grant);
      return std::move(renewed).error();
    }
    if (is_usable(*stored, above_version)) return front_.remember(grant, *stored, ticket);
    if (!renewed.ok()) return std::move(renewed).error();
    if (is_last_look) return try_later("another host's refresh takes too long");
    sleep_(pause);
  }
}

Result<std::optional<UpstreamTokens::Stored>> UpstreamTokens::load(const GrantId& grant) {
  const auto row = store_.load(grant);
  if (!row.ok()) return from_store(row.error());
  if (!*row) return std::optional<Stored>{};
  auto opened = sealer_.open(grant, (*row)->credential);
  if (!opened.ok()) {
    // Not the user's fault, and mended by putting a key back into the ring: nothing is revoked.
    log_.failure(LogLevel::kError, "upstream.unreadable", opened.error());
    return try_later("sealed: " + opened.error().detail);
  }
  return std::optional<Stored>{Stored{std::move(opened).value(), (*row)->version}};
}

Result<std::optional<UpstreamTokens::Stored>> UpstreamTokens::try_refresh(const GrantId& grant,
                                                                          const Stored& stored) {
  if (pause_.is_on()) return try_later("PingOne is left alone for a while");
  const auto epoch = store_.try_lease(grant, stored.version, limits::kLease);
  if (!epoch.ok()) return from_store(epoch.error());
  if (!*epoch) return std::optional<Stored>{};
  auto renewed = refresh_.run(grant, stored.credential, **epoch);
  if (renewed.ok()) {
    return std::optional<Stored>{Stored{std::move(renewed).value(), stored.version + 1}};
  }
  if (renewed.error().code == Code::kConflict) return std::optional<Stored>{};
  return std::move(renewed).error();
}

bool UpstreamTokens::was_just_refreshed(const Stored& stored, std::int64_t above_version) const {
  return stored.version <= above_version &&
         clock_.now() < stored.credential.refreshed_at + limits::kForcedRefreshPause;
}

bool UpstreamTokens::is_usable(const Stored& stored, std::int64_t above_version) const {
  return stored.version > above_version &&
         clock_.now() + limits::kUsable < stored.credential.expires_at;
}

}  // namespace mcph::federation
