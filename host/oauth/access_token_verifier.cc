#include "oauth/access_token_verifier.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace mcph::oauth {

AccessTokenVerifier::AccessTokenVerifier(VerifierOptions options, const TokenFormat& format,
                                         TokenStore& tokens, const Clock& clock)
    : options_(std::move(options)),
      format_(format),
      tokens_(tokens),
      clock_(clock),
      cache_(options_.cache_entries_max) {}

AccessTokenVerifier::Verified AccessTokenVerifier::find_cached(std::string_view token) const {
  return cache_.find(hash_token(token), clock_.steady());
}

bool AccessTokenVerifier::may_be_live(std::string_view token) const {
  const auto expires_at = format_.find_expiry(TokenKind::kAccess, token);
  return expires_at && *expires_at > clock_.now();
}

Result<AccessTokenVerifier::Verified> AccessTokenVerifier::verify(std::string_view token) {
  const Error refused{Code::kUnauthorized, "the access token is not valid", {}};
  if (!may_be_live(token)) return refused;
  const std::string hash = hash_token(token);
  const auto ticket = cache_.ticket();  // before the read: what is revoked from here on stays out
  const UnixTime now = clock_.now();
  auto found = TRY(tokens_.find_access_token(hash, now));
  if (!found || found->caller.expires_at <= now) return refused;
  if (!covers_resource(found->resource, options_.resource)) {
    return Error{Code::kUnauthorized, "the access token is for another resource", {}};
  }
  Verified verified{std::make_shared<const Caller>(std::move(found->caller)), nullptr};
  if (!found->dpop_jkt.empty()) {
    verified.dpop_jkt = std::make_shared<const std::string>(std::move(found->dpop_jkt));
  }
  // In steady time, so that a clock set back cannot prolong a token.
  const Seconds ttl =
      std::min({options_.cache_ttl, kCacheTtlMax, Seconds(verified.caller->expires_at - now)});
  const SteadyTime steady = clock_.steady();
  if (ttl > Seconds::zero()) cache_.insert(hash, verified, steady + ttl, steady, ticket);
  return verified;
}

void AccessTokenVerifier::forget_grant(const GrantId& grant) {
  cache_.forget_if([&grant](const Caller& caller) { return caller.grant == grant; });
}

void AccessTokenVerifier::forget_client(const ClientId& client) {
  cache_.forget_if([&client](const Caller& caller) { return caller.client == client; });
}

void AccessTokenVerifier::forget_token(std::string_view hash) {
  if (hash.size() == 32) return cache_.forget(hash);
  forget_all();  // not a digest: whatever was meant, nothing stays
}

void AccessTokenVerifier::forget_all() {
  cache_.forget_if([](const Caller&) { return true; });
}

bool covers_resource(std::string_view audience, std::string_view resource) noexcept {
  if (audience == resource) return true;
  if (audience.empty() || !resource.starts_with(audience)) return false;
  return audience.back() == '/' || resource[audience.size()] == '/';
}

}  // namespace mcph::oauth
