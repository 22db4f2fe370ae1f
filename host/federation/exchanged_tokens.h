// The users' tokens at one further API: PingOne gives a token for one API only, so the token of the
// sign-in is exchanged there for one of this API (RFC 8693), by one thread of one host at a time.
// Kept in memory, and sealed in the store for the other hosts. Thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "federation/exchange_store.h"
#include "federation/pause.h"
#include "federation/refresh.h"
#include "federation/sealing.h"
#include "federation/token_endpoint.h"
#include "federation/token_front.h"
#include "observability/log.h"
#include "plugins/upstream_token_source.h"

namespace mcph::federation {

class ExchangedTokens final : public plugins::UpstreamTokenSource {
 public:
  struct Parts {
    plugins::UpstreamTokenSource& signed_in;  // whose tokens are exchanged
    ExchangeStore& store;
    TokenEndpoint& endpoint;
    const CredentialSealer& sealer;
    Pause& pause;
    const Clock& clock;
    const Log& log;
    Sleep sleep;
  };
  ExchangedTokens(Parts parts, plugins::UpstreamApi api);

  plugins::UpstreamTokenSource& for_api(const plugins::UpstreamApi& api) override {
    return parts_.signed_in.for_api(api);
  }
  plugins::UpstreamTokenPtr find_cached(const GrantId& grant) override {
    return front_.find_cached(grant);
  }
  Result<plugins::UpstreamTokenPtr> get(const GrantId& grant) override { return front_.get(grant); }
  Result<plugins::UpstreamTokenPtr> get_newer(const GrantId& grant, std::int64_t version) override {
    return front_.get_newer(grant, version);
  }

  void forget(const GrantId& grant) { front_.forget(grant); }
  void forget_all() { front_.forget_all(); }

 private:
  using Token = TokenFront::Token;
  using Stored = StoredToken;

  Result<Token> obtain(const GrantId& grant, std::int64_t above_version);
  Result<std::optional<Stored>> load(const GrantId& grant);
  // Nothing: somebody else is at it, or was faster.
  Result<std::optional<Stored>> try_exchange(const GrantId& grant, std::int64_t version,
                                             const plugins::UpstreamToken& subject);
  Result<Credential> exchange(const GrantId& grant, const plugins::UpstreamToken& subject);
  Error refused(const GrantId& grant, const TokenFailure& failure);

  const Parts parts_;
  const plugins::UpstreamApi api_;
  const std::string name_;  // in the store
  TokenFront front_;
};

}  // namespace mcph::federation
