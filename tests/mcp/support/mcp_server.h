// An MCP server in this process: the real transport, router, bearer gate, route and endpoint,
// around a catalogue a test writes and tokens it hands out.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <memory>
#include <string>

#include "base/executor.h"
#include "base/random.h"
#include "crypto/key_ring.h"
#include "fakes/memory_audit_log.h"
#include "fakes/memory_replay_store.h"
#include "http/bearer.h"
#include "http/mcp_route.h"
#include "http/router.h"
#include "http/transport/server.h"
#include "mcp/endpoint.h"
#include "mcp/support/memory_token_store.h"
#include "oauth/access_token_verifier.h"
#include "oauth/budget/budgets.h"
#include "oauth/stored_tokens.h"
#include "oauth/token_format.h"
#include "unit/mcp/support/fake_catalog.h"
#include "unit/mcp/support/memory_stores.h"

namespace mcph::test {

class McpServer {
 public:
  // 0: a free port.
  explicit McpServer(std::uint16_t port = 0, std::size_t workers = 2);
  ~McpServer();

  std::uint16_t port() const { return server_->port(); }
  // A token of that person and client, good for an hour, with the scope "todo".
  std::string issue_token(std::string_view principal = "ann", std::string_view client = "desk");
  // As an administrator does it: gone from the store, and every host is told.
  void revoke_token(const std::string& token);

  FakeCatalog catalog;
  MemoryStores stores;

 private:
  SystemClock clock_;
  SystemRandom random_;
  const int null_fd_ = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  const Log log_{clock_, null_fd_, LogLevel::kError};
  const crypto::KeyRing ring_;
  const oauth::Settings settings_;
  MemoryTokenStore tokens_;
  const oauth::TokenFormat format_;
  oauth::StoredTokens stored_tokens_;
  oauth::AccessTokenVerifier verifier_;
  MemoryReplayStore replays_;
  const oauth::DpopVerifier dpop_{ring_, random_, replays_, clock_};
  MemoryAuditLog audit_;
  const oauth::Budgets budgets_{oauth::default_budget_rates(), random_, clock_, audit_};
  Executor executor_{"test", 2, 64};
  const http::McpChallenges challenges_;
  mcp::Endpoint endpoint_;
  const http::BearerGate gate_;
  http::Router router_;
  http::McpRoute route_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace mcph::test
