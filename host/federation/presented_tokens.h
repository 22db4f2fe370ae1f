// The tokens that callers came with, where this host does not issue any: a token is at hand for as
// long as its caller is, in the verifier's cache or in a call. Thread-safe.
//
// A token was issued for this host, so it goes nowhere as it is (MCP, token passthrough): what a
// plugin's API gets is a token made from it (RFC 8693), or the token itself where the operator says
// that API is meant too and the token's audience agrees. Without either a plugin gets none.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/caller.h"
#include "federation/exchanged_tokens.h"
#include "federation/unshared_exchanges.h"
#include "plugins/upstream_token_source.h"

namespace mcph::federation {

struct PresentedCaller final : Caller {
  plugins::UpstreamTokenPtr token;
  std::vector<std::string> audiences;
};

using PresentedCallerPtr = std::shared_ptr<const PresentedCaller>;

// Callers by their grant, which is made of the token.
class PresentedCallers {
 public:
  // The caller of that token who is at hand already, or this one from now on: however many look a
  // token up at once, what they get lives and ends together.
  PresentedCallerPtr keep(PresentedCallerPtr caller);
  PresentedCallerPtr find(const GrantId& grant) const;  // null: none is at hand
  std::size_t size() const;

 private:
  mutable std::mutex mutex_;
  std::unordered_map<GrantId, std::weak_ptr<const PresentedCaller>> callers_;
  std::size_t sweep_at_ = 1024;  // grows with what lives, so that a sweep costs little per entry
};

// The presented token itself.
class SubjectTokens final : public plugins::UpstreamTokenSource {
 public:
  // Only tokens that name `audience`; empty: any.
  SubjectTokens(const PresentedCallers& callers, std::string audience)
      : callers_(callers), audience_(std::move(audience)) {}

  plugins::UpstreamTokenSource& for_api(const plugins::UpstreamApi&) override { return *this; }
  plugins::UpstreamTokenPtr find_cached(const GrantId& grant) override;
  Result<plugins::UpstreamTokenPtr> get(const GrantId& grant) override;
  // There is none: the client has to bring it.
  Result<plugins::UpstreamTokenPtr> get_newer(const GrantId& grant, std::int64_t version) override;

 private:
  const PresentedCallers& callers_;
  const std::string audience_;
};

// What plugins get. Has no token itself, only for_api().
class PresentedTokens final : public plugins::UpstreamTokenSource {
 public:
  struct Parts {
    TokenEndpoint& endpoint;
    const CredentialSealer& sealer;
    Pause& pause;
    const Clock& clock;
    const Log& log;
    Sleep sleep;
  };
  PresentedTokens(const PresentedCallers& callers, Parts parts);

  plugins::UpstreamTokenSource& for_api(const plugins::UpstreamApi& api) override;
  plugins::UpstreamTokenPtr find_cached(const GrantId&) override { return nullptr; }
  Result<plugins::UpstreamTokenPtr> get(const GrantId& grant) override;
  Result<plugins::UpstreamTokenPtr> get_newer(const GrantId& grant, std::int64_t version) override;

 private:
  const PresentedCallers& callers_;
  const Parts parts_;
  SubjectTokens subjects_;
  UnsharedExchanges exchanges_;
  std::mutex apis_mutex_;
  std::map<std::string, std::unique_ptr<ExchangedTokens>> exchanged_;  // by audience and scope
  std::map<std::string, std::unique_ptr<SubjectTokens>> passed_on_;    // by audience
};

}  // namespace mcph::federation
