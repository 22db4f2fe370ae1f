// The users' tokens for one API as this host has them at hand: found in memory, else obtained by
// one thread while the others wait for it. Thread-safe.
#pragma once

#include <cstdint>
#include <functional>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "federation/credential.h"
#include "federation/single_flight.h"
#include "federation/token_cache.h"
#include "plugins/upstream_token_source.h"

namespace mcph::federation {

struct StoredToken {
  Credential credential;
  std::int64_t version = 0;
};

class TokenFront {
 public:
  using Token = plugins::UpstreamTokenPtr;
  // A token of a version above that one.
  using Obtain = std::function<Result<Token>(const GrantId&, std::int64_t above_version)>;

  // Nobody waits longer than `patience` for another thread.
  TokenFront(const Clock& clock, Milliseconds patience, Obtain obtain);

  Token find_cached(const GrantId& grant) const { return cache_.find(grant, clock_.now()); }
  Result<Token> get(const GrantId& grant);
  Result<Token> get_newer(const GrantId& grant, std::int64_t version);

  // For whoever obtains: what is loaded after the ticket was taken is remembered, unless the grant
  // was forgotten meanwhile.
  TokenCache::Ticket ticket(const GrantId& grant) const { return cache_.ticket(grant); }
  Token remember(const GrantId& grant, const StoredToken& stored, TokenCache::Ticket ticket);

  void forget(const GrantId& grant) { cache_.forget(grant); }
  void forget_all() { cache_.forget_all(); }

 private:
  Result<Token> obtain_alone(const GrantId& grant, std::int64_t above_version);

  const Clock& clock_;
  const Milliseconds patience_;
  const Obtain obtain_;
  TokenCache cache_;
  SingleFlight<Token> flights_;
};

}  // namespace mcph::federation
