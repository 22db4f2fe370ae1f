#include "mcp/support/mcp_server.h"

#include "base/assert.h"
#include "base/encoding.h"
#include "crypto/key_ring.h"

namespace mcph::test {
namespace {

constexpr const char* kUrl = "http://localhost:8080";

oauth::Settings make_settings() {
  oauth::Settings settings;
  settings.issuer = kUrl;
  settings.resource = std::string(kUrl) + "/mcp";
  settings.scopes = {{"todo", "See your list"}};
  return settings;
}

mcp::EndpointOptions make_options() {
  mcp::EndpointOptions options;
  options.introduction = {"mcp-test-server", "", "1", ""};
  return options;
}

}  // namespace

McpServer::McpServer(std::uint16_t port, std::size_t workers)
    : ring_(*crypto::KeyRing::parse("k1:" + to_base64url(random_.bytes(32)))),
      settings_(make_settings()),
      format_(ring_, random_),
      stored_tokens_(settings_.resource, format_, tokens_, clock_),
      verifier_({}, stored_tokens_, clock_),
      challenges_(oauth::Challenge(settings_)),
      endpoint_(make_options(),
                {catalog, stores.sessions, *stores.tasks, stores.announcements, stores.events,
                 stores.answers, challenges_, ring_, executor_, clock_, random_, log_}),
      gate_(verifier_, dpop_, settings_.resource, oauth::Challenge(settings_), budgets_, executor_,
            log_),
      router_(*http::OriginPolicy::create(kUrl, {}), executor_, random_, log_),
      route_(endpoint_, gate_, router_.origins(), executor_) {
  stores.add_host(endpoint_);
  route_.add_to(router_, "/mcp");
  route_.add_sse_to(router_);
  http::ServerOptions options;
  options.port = port;
  options.workers = workers;
  auto created = http::Server::create(
      options,
      [this](Request request, ExchangePtr exchange) {
        router_.handle(std::move(request), std::move(exchange));
      },
      clock_, log_);
  ASSERT(created.ok());
  server_ = std::move(created).value();
  ASSERT(server_->start().ok());
}

McpServer::~McpServer() {
  server_->stop();
  executor_.stop();
  ::close(null_fd_);
}

std::string McpServer::issue_token(std::string_view principal, std::string_view client) {
  oauth::AccessToken token;
  token.resource = settings_.resource;
  token.caller.principal = PrincipalId(std::string(principal));
  token.caller.client = ClientId(std::string(client));
  token.caller.grant = GrantId("grant of " + std::string(principal));
  token.caller.scopes = {"todo"};
  token.caller.expires_at = clock_.now() + Seconds(3600);
  const Secret text = format_.make(oauth::TokenKind::kAccess, token.caller.expires_at);
  tokens_.insert(oauth::hash_token(text.reveal()), token);
  return std::string(text.reveal());
}

void McpServer::revoke_token(const std::string& token) {
  const std::string hash = oauth::hash_token(token);
  tokens_.remove(hash);
  verifier_.forget_token(hash);
  endpoint_.note_token_revoked(hash);
}

}  // namespace mcph::test
