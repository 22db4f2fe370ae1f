// The users' tokens at the upstream API: found in memory, else in the store, else refreshed, by one
// thread of one host at a time. Implements what plugin calls need. Thread-safe.
//
//   cached and good ──► use it
//   stored and good ──► remember, use it            (another host refreshed it)
//   due ──► lease won ──► refresh, store, use it
//       └─► lease held elsewhere ──► still usable? use it : wait, look again
//   PingOne down ──► still usable? use it : kUnavailable
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "federation/exchange_store.h"
#include "federation/exchanged_tokens.h"
#include "federation/pause.h"
#include "federation/refresh.h"
#include "federation/sealing.h"
#include "federation/token_endpoint.h"
#include "federation/token_front.h"
#include "federation/upstream_store.h"
#include "observability/log.h"
#include "plugins/upstream_token_source.h"

namespace mcph::federation {

class UpstreamTokens final : public plugins::UpstreamTokenSource {
 public:
  // `sleep` is how a thread waits between two looks at the store.
  UpstreamTokens(UpstreamStore& store, ExchangeStore& exchanges, TokenEndpoint& endpoint,
                 const CredentialSealer& sealer, Pause& pause, const Clock& clock, const Log& log,
                 AuditLog& audit, Sleep sleep);

  plugins::UpstreamTokenSource& for_api(const plugins::UpstreamApi& api) override;

  plugins::UpstreamTokenPtr find_cached(const GrantId& grant) override {
    return front_.find_cached(grant);
  }
  Result<plugins::UpstreamTokenPtr> get(const GrantId& grant) override { return front_.get(grant); }
  Result<plugins::UpstreamTokenPtr> get_newer(const GrantId& grant, std::int64_t version) override {
    return front_.get_newer(grant, version);
  }

  // The grant was revoked or changed, here or on another host.
  void forget(const GrantId& grant);
  // Notifications may have been missed.
  void forget_all();

 private:
  using Token = TokenFront::Token;
  using Stored = StoredToken;

  Result<Token> obtain(const GrantId& grant, std::int64_t above_version);
  Result<std::optional<Stored>> load(const GrantId& grant);
  // Nothing: somebody else is refreshing, or was faster.
  Result<std::optional<Stored>> try_refresh(const GrantId& grant, const Stored& stored);
  bool was_just_refreshed(const Stored& stored, std::int64_t above_version) const;
  bool is_usable(const Stored& stored, std::int64_t above_version) const;

  UpstreamStore& store_;
  ExchangeStore& exchanges_;
  TokenEndpoint& endpoint_;
  const CredentialSealer& sealer_;
  const Clock& clock_;
  const Log& log_;
  const Sleep sleep_;
  Pause& pause_;
  Refresh refresh_;
  TokenFront front_;
  std::mutex apis_mutex_;
  std::map<std::string, std::unique_ptr<ExchangedTokens>> apis_;  // by audience and scope
};

}  // namespace mcph::federation
