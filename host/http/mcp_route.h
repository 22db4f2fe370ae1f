// The way to the MCP endpoint: who may come in. Checks the origin of browsers (403, DNS rebinding),
// answers their preflights, lets the gate find the caller, and only then hands the request
// over: whatever is asked, without a token the answer is the challenge (mcp clients learn from it
// where to sign in, even by a bare GET). Thread-safe; must outlive the server.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/executor.h"
#include "http/gate.h"
#include "http/origin.h"
#include "http/router.h"
#include "mcp/challenges.h"
#include "mcp/endpoint.h"
#include "oauth/challenge.h"

namespace mcph::http {

// The texts mcp/ needs, from the authorization server.
class McpChallenges final : public mcp::Challenges {
 public:
  explicit McpChallenges(oauth::Challenge challenge) : challenge_(std::move(challenge)) {}
  std::string sign_in_again() const override;
  std::string insufficient_scope(const std::vector<std::string>& scopes) const override;

 private:
  const oauth::Challenge challenge_;
};

class McpRoute final : public mcp::AccessSource {
 public:
  McpRoute(mcp::Endpoint& endpoint, const Gate& gate, const OriginPolicy& origins,
           Executor& executor)
      : endpoint_(endpoint), gate_(gate), origins_(origins), executor_(executor) {}

  void add_to(Router& router, std::string_view path);
  // The transport of 2024-11-05, beside it.
  void add_sse_to(Router& router);
  mcp::StreamAccess access_of(const Request& request) override;

 private:
  // Where a request goes once it is let in.
  using Door = void (mcp::Endpoint::*)(mcp::Arrival arrival);
  void add(Router& router, Method method, std::string_view path, Door door);
  void handle(Request request, ExchangePtr exchange, Door door);
  void look_up(Request request, ExchangePtr exchange, std::string token, Door door);
  void enter(Request request, ExchangePtr exchange, CallerPtr caller, Door door);

  mcp::Endpoint& endpoint_;
  const Gate& gate_;
  const OriginPolicy& origins_;
  Executor& executor_;
};

}  // namespace mcph::http
