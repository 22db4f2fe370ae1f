#include "federation/relying_party.h"

#include <thread>
#include <utility>

#include "federation/begin_signin.h"
#include "federation/finish_signin.h"
#include "federation/pushed_request.h"

namespace mcph::federation {

RelyingParty::RelyingParty(Provider provider, net::HttpClient& http, UpstreamStore& store,
                           ExchangeStore& exchanges, RevocationStore& revocations,
                           const crypto::KeyRing& ring, Random& random, const Clock& clock,
                           const Log& log, AuditLog& audit)
    : RelyingParty(std::move(provider), http, store, exchanges, revocations, ring, random, clock,
                   log, audit, [](Milliseconds time) { std::this_thread::sleep_for(time); }) {}

RelyingParty::RelyingParty(Provider provider, net::HttpClient& http, UpstreamStore& store,
                           ExchangeStore& exchanges, RevocationStore& revocations,
                           const crypto::KeyRing& ring, Random& random, const Clock& clock,
                           const Log& log, AuditLog& audit, Sleep sleep)
    : provider_(std::move(provider)),
      random_(random),
      clock_(clock),
      log_(log),
      pauses_(clock, random),
      http_(http, {provider_.requests_per_second}, pauses_, random, clock, sleep),
      discovery_(provider_.issuer, http_, clock, log),
      keys_(discovery_, http_, clock, log),
      post_(provider_, http_, clock, random),
      endpoint_(provider_, discovery_, post_),
      sealer_(ring, random),
      upstream_tokens_(store, exchanges, endpoint_, sealer_, pauses_.of("token"), clock, log, audit,
                       std::move(sleep)),
      revocation_outbox_(revocations, discovery_, post_, sealer_, pauses_.of("token"), random,
                         clock, log, audit) {}

Result<oauth::UpstreamRedirect> RelyingParty::begin(const std::string& state,
                                                    const FormFields& extra) {
  const auto metadata = TRY(discovery_.get());
  SignInRequest request = make_signin_request(provider_, state, extra, random_);
  if (must_push(provider_, *metadata)) {
    auto pushed = push_request(provider_, *metadata, std::move(request.parameters), post_);
    if (!pushed.ok()) {
      log_.failure(LogLevel::kError, "signin.not_pushed", pushed.error());
      return std::move(pushed).error();
    }
    request.parameters = std::move(pushed).value();
  }
  return oauth::UpstreamRedirect{make_signin_url(*metadata, request.parameters),
                                 std::move(request.nonce), std::move(request.code_verifier)};
}

Result<std::string> RelyingParty::make_signout_url(const Secret& id_token,
                                                   const std::string& state) {
  const auto metadata = TRY(discovery_.get());
  if (metadata->end_session_endpoint.empty()) {
    return Error{Code::kNotFound, "the identity provider has no end_session_endpoint", {}};
  }
  return federation::make_signout_url(*metadata, provider_, id_token, state);
}

Result<oauth::UpstreamUser> RelyingParty::finish(const oauth::UpstreamCallback& callback,
                                                 const Secret& nonce, const Secret& code_verifier,
                                                 const GrantId& grant) {
  auto user = finish_signin({provider_, endpoint_, keys_, sealer_, clock_, log_}, callback, nonce,
                            code_verifier, grant);
  if (!user.ok()) log_.failure(LogLevel::kWarn, "signin.failed", user.error());
  return user;
}

}  // namespace mcph::federation
