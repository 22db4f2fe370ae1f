#include "federation/relying_party.h"

#include <thread>
#include <utility>

#include "federation/begin_signin.h"
#include "federation/finish_signin.h"

namespace mcph::federation {

RelyingParty::RelyingParty(Provider provider, net::HttpClient& http, UpstreamStore& store,
                           const crypto::KeyRing& ring, Random& random, const Clock& clock,
                           const Log& log)
    : RelyingParty(std::move(provider), http, store, ring, random, clock, log,
                   [](Milliseconds time) { std::this_thread::sleep_for(time); }) {}

RelyingParty::RelyingParty(Provider provider, net::HttpClient& http, UpstreamStore& store,
                           const crypto::KeyRing& ring, Random& random, const Clock& clock,
                           const Log& log, Sleep sleep)
    : provider_(std::move(provider)),
      random_(random),
      clock_(clock),
      log_(log),
      discovery_(provider_.issuer, http, clock, log),
      keys_(discovery_, http, clock, log),
      endpoint_(provider_, discovery_, http),
      sealer_(ring, random),
      upstream_tokens_(store, endpoint_, sealer_, clock, log, std::move(sleep)) {}

Result<oauth::UpstreamRedirect> RelyingParty::begin(const std::string& state) {
  const auto metadata = TRY(discovery_.get());
  return begin_signin(provider_, *metadata, state, random_);
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
