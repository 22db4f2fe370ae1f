#include "federation/exchanged_tokens.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "federation/limits.h"

namespace mcph::federation {
namespace {

// Two plugins may need different scopes of one API.
std::string name_of(const plugins::UpstreamApi& api) {
  return api.audience + ' ' + api.scope;
}

}  // namespace

ExchangedTokens::ExchangedTokens(Parts parts, plugins::UpstreamApi api)
    : parts_(std::move(parts)),
      api_(std::move(api)),
      name_(name_of(api_)),
      front_(parts_.clock, limits::kLease + limits::kRefreshWait,
             [this](const GrantId& grant, std::int64_t above_version) {
               return obtain(grant, above_version);
             }) {}

Result<plugins::UpstreamTokenPtr> ExchangedTokens::obtain(const GrantId& grant,
                                                          std::int64_t above_version) {
  // Also what ends with the sign-in: no token of a dead grant is made, or found in the store.
  Token subject = TRY(parts_.signed_in.get(grant));
  const SteadyTime deadline = parts_.clock.steady() + limits::kRefreshWait;
  for (Milliseconds pause = limits::kPollFirst;; pause = std::min(pause * 2, limits::kPollMax)) {
    const bool is_last_look = parts_.clock.steady() >= deadline;
    const TokenCache::Ticket ticket = front_.ticket(grant);
    const std::optional<Stored> stored = TRY(load(grant));
    const std::int64_t version = stored ? stored->version : 0;
    if (stored && version > above_version && parts_.clock.now() < good_until(stored->credential)) {
      return front_.remember(grant, *stored, ticket);
    }
    auto renewed = try_exchange(grant, version, *subject);
    if (renewed.ok() && *renewed) return front_.remember(grant, **renewed, ticket);
    if (!renewed.ok()) {
      const bool serves = stored && version > above_version &&
                          parts_.clock.now() + limits::kUsable < stored->credential.expires_at;
      if (serves) return front_.remember(grant, *stored, ticket);
      if (renewed.error().code != Code::kUnauthorized) return std::move(renewed).error();
      // PingOne no longer takes the token it was made from: its session may be over. A refresh
      // finds out, and ends the grant then.
      Token newer = TRY(parts_.signed_in.get_newer(grant, subject->version));
      if (is_last_look || newer->version == subject->version) return try_later("exchange: refused");
      subject = std::move(newer);
      continue;
    }
    if (is_last_look) return try_later("another host's exchange takes too long");
    parts_.sleep(pause);
  }
}

Result<std::optional<ExchangedTokens::Stored>> ExchangedTokens::load(const GrantId& grant) {
  const auto row = parts_.store.load({grant, name_});
  if (!row.ok()) return try_later("store: " + row.error().detail);
  if (!*row) return std::optional<Stored>{};
  auto opened = parts_.sealer.open(bind_to_api(grant, name_), (*row)->credential);
  if (opened.ok()) {
    return std::optional<Stored>{Stored{std::move(opened).value(), (*row)->version}};
  }
  // It can be made anew, unlike a sign-in.
  parts_.log.failure(LogLevel::kWarn, "upstream.exchanged_unreadable", opened.error());
  return std::optional<Stored>{Stored{Credential{}, (*row)->version}};
}

Result<std::optional<ExchangedTokens::Stored>> ExchangedTokens::try_exchange(
    const GrantId& grant, std::int64_t version, const plugins::UpstreamToken& subject) {
  if (parts_.pause.is_on()) return try_later("PingOne is left alone for a while");
  const ExchangeKey key{grant, name_};
  const auto epoch = parts_.store.try_lease(key, version, limits::kLease);
  if (!epoch.ok()) return try_later("store: " + epoch.error().detail);
  if (!*epoch) return std::optional<Stored>{};
  auto credential = exchange(grant, subject);
  if (!credential.ok()) {
    const Result<> released = parts_.store.release(key, **epoch);
    if (!released.ok()) parts_.log.failure(LogLevel::kDebug, "upstream.release", released.error());
    return std::move(credential).error();
  }
  const auto sealed = parts_.sealer.seal(bind_to_api(grant, name_), *credential);
  const Result<> saved = parts_.store.save(key, **epoch, sealed);
  // The token is good whether or not others will find it. Without a row it has no version.
  if (!saved.ok()) parts_.log.failure(LogLevel::kWarn, "upstream.exchange_unsaved", saved.error());
  return std::optional<Stored>{Stored{std::move(credential).value(), version + 1}};
}

Result<Credential> ExchangedTokens::exchange(const GrantId& grant,
                                             const plugins::UpstreamToken& subject) {
  TokenOutcome outcome = parts_.endpoint.exchange(subject.access_token, api_.audience, api_.scope);
  if (const auto* failure = std::get_if<TokenFailure>(&outcome)) {
    parts_.pause.note_failure(*failure);
    return refused(grant, *failure);
  }
  parts_.pause.note_success();
  auto& tokens = std::get<TokenResponse>(outcome);
  Credential credential;
  credential.access_token = std::move(tokens.access_token);
  credential.scope = tokens.scope.value_or("");
  credential.claims_json = subject.claims_json;
  credential.refreshed_at = parts_.clock.now();
  credential.lifetime = tokens.lifetime;
  credential.expires_at = credential.refreshed_at + tokens.lifetime;
  parts_.log.info("upstream.exchanged", {{"grant", grant.str()}, {"api", api_.audience}});
  return credential;
}

Error ExchangedTokens::refused(const GrantId& grant, const TokenFailure& failure) {
  const bool dead = failure.kind == TokenFailure::Kind::kInvalidGrant;
  parts_.log.write(dead ? LogLevel::kWarn : LogLevel::kError, "upstream.exchange_failed",
                   {{"grant", grant.str()},
                    {"api", api_.audience},
                    {"kind", to_string(failure.kind)},
                    {"detail", failure.detail}});
  if (dead) return sign_in_again();
  return try_later(std::string("exchange: ") + to_string(failure.kind));
}

}  // namespace mcph::federation
