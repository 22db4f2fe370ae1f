#include "oauth/access_token_verifier.h"

#include <algorithm>
#include <utility>

#include "oauth/token_format.h"

namespace mcph::oauth {

AccessTokenVerifier::AccessTokenVerifier(VerifierOptions options, TokenValidator& validator,
                                         const Clock& clock)
    : options_(options), validator_(validator), clock_(clock), cache_(options_.cache_entries_max) {}

AccessTokenVerifier::Verified AccessTokenVerifier::find_cached(std::string_view token) const {
  return cache_.find(hash_token(token), clock_.steady());
}

Result<AccessTokenVerifier::Verified> AccessTokenVerifier::verify(std::string_view token) {
  if (!may_be_live(token)) {
    return Error{Code::kUnauthorized, "the access token is not valid", {}};
  }
  const auto ticket = cache_.ticket();  // before the read: what is revoked from here on stays out
  auto valid = TRY(validator_.validate(token));
  Verified verified{std::move(valid.caller), std::move(valid.dpop_jkt)};
  // In steady time, so that a clock set back cannot prolong a token.
  const Seconds ttl =
      std::min(options_.cache_ttl, Seconds(verified.caller->expires_at - clock_.now()));
  const SteadyTime steady = clock_.steady();
  if (ttl > Seconds::zero()) {
    cache_.insert(hash_token(token), verified, steady + ttl, steady, ticket);
  }
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

}  // namespace mcph::oauth
