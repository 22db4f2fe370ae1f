#include "federation/resource_server.h"

#include <thread>
#include <utility>

namespace mcph::federation {
namespace {

void sleep_really(Milliseconds time) {
  std::this_thread::sleep_for(time);
}

}  // namespace

ResourceServer::ResourceServer(Provider provider, AccessTokenRules rules, net::HttpClient& http,
                               const crypto::KeyRing& ring, Random& random, const Clock& clock,
                               const Log& log)
    : provider_(std::move(provider)),
      pauses_(clock, random),
      http_(http, {provider_.requests_per_second}, pauses_, random, clock, sleep_really),
      discovery_(provider_.issuer, http_, clock, log),
      keys_(discovery_, http_, clock, log),
      post_(provider_, http_, clock, random),
      endpoint_(provider_, discovery_, post_),
      sealer_(ring, random),
      access_tokens_(std::move(rules), keys_, callers_, clock, log),
      api_tokens_(callers_, {endpoint_, sealer_, pauses_.of("token"), clock, log, sleep_really}) {}

}  // namespace mcph::federation
