// Who calls when [auth] mode is "off": one user of this machine, who may use everything and is
// signed in nowhere.
#pragma once

#include "base/caller.h"
#include "mcp/catalog.h"
#include "plugins/upstream_token_source.h"

namespace mcph::app {

// Holds every scope that something offered asks for. Pure.
CallerPtr make_local_user(const mcp::Offers& offers);

// Has no token for anybody. Thread-safe.
class NoUpstreamTokens final : public plugins::UpstreamTokenSource {
 public:
  plugins::UpstreamTokenSource& for_api(const plugins::UpstreamApi&) override { return *this; }
  plugins::UpstreamTokenPtr find_cached(const GrantId&) override { return nullptr; }
  Result<plugins::UpstreamTokenPtr> get(const GrantId&) override;
  Result<plugins::UpstreamTokenPtr> get_newer(const GrantId& grant, std::int64_t) override {
    return get(grant);
  }
};

}  // namespace mcph::app
