// Everything of the host in the order in which it depends on each other. What is declared first is
// destroyed last.
#include <atomic>
#include <optional>
#include <string>
#include <utility>

#include "admin/audit.h"
#include "admin/clients.h"
#include "admin/grants.h"
#include "admin/keys.h"
#include "admin/registration_tokens.h"
#include "app/host.h"
#include "app/local_user.h"
#include "app/module_settings.h"
#include "app/runtime_folder.h"
#include "app/scope_catalogue.h"
#include "app/ticker.h"
#include "app/vault.h"
#include "audit/retention.h"
#include "base/executor.h"
#include "base/random.h"
#include "client_documents/guarded_fetcher.h"
#include "federation/limits.h"
#include "federation/relying_party.h"
#include "federation/resource_server.h"
#include "http/admin_routes.h"
#include "http/bearer.h"
#include "http/health_routes.h"
#include "http/mcp_route.h"
#include "http/oauth_routes.h"
#include "http/open_gate.h"
#include "http/problem.h"
#include "http/router.h"
#include "http/transport/server.h"
#include "http/trusted_proxies.h"
#include "http/wellknown_routes.h"
#include "mcp/limits.h"
#include "net/curl_client.h"
#include "oauth/server.h"
#include "oauth/stored_tokens.h"
#include "observability/audit_types.h"
#include "plugins/registry.h"
#include "plugins/sealed_kv_store.h"
#include "store/migrations.h"
#include "store/store.h"

namespace mcph::app {

namespace {

// Requests that ask the database or PingOne. Above the pool of connections, as some wait for the
// network instead; the queue is about a second of work.
constexpr std::size_t kRequestThreads = 24;
constexpr std::size_t kRequestQueueMax = 2048;
constexpr std::size_t kPluginQueueMax = 4096;  // the bulkheads bound it more tightly
constexpr std::size_t kAdminThreads = 2;       // apart, so that overload never locks operators out
constexpr std::size_t kAdminQueueMax = 64;
// Together below the 10 s after which supervisors and ./run demo insist.
constexpr Milliseconds kDrainPatience{5000};
constexpr Milliseconds kPluginPatience{2000};
constexpr Milliseconds kAuditPatience{1000};
constexpr Milliseconds kAuditTick{600'000};  // a witness of the record in the log, old events out

net::CurlOptions make_curl_options(std::string ca_file) {
  net::CurlOptions options;
  options.ca_file = std::move(ca_file);
  return options;
}

net::CurlOptions make_stranger_options(const Config& config) {
  net::CurlOptions options;
  options.reach = config.oauth.client_documents_on_loopback ? net::Reach::kPublicAndLoopback
                                                            : net::Reach::kPublic;
  return options;
}

Result<> check_plugins(const admin::PluginList& plugins, const Config& config) {
  for (const auto& plugin : plugins.list_plugins()) {
    const auto chosen = config.plugins.find(plugin.name);
    const bool wanted = chosen == config.plugins.end() || chosen->second.enabled;
    if (wanted && !plugin.loaded) {
      return Error{Code::kUnavailable, "a plugin was not loaded",
                   plugin.name + ": " + plugin.reason};
    }
  }
  return Ok{};
}

}  // namespace

// What can fail is made before this and handed in; the rest is made here.
struct Host::Parts {
  Parts(const Config& c, const Clock& time, Log& l, federation::Provider sign_in_provider,
        std::unique_ptr<store::Store> s, std::unique_ptr<Vault> v, http::OriginPolicy origins,
        http::TrustedProxies proxies, RuntimeFolder folder)
      : config(c),
        clock(time),
        log(l),
        runtime_folder(std::move(folder)),
        provider(std::move(sign_in_provider)),
        store(std::move(s)),
        vault(std::move(v)),
        public_origins(std::move(origins)),
        trusted_proxies(std::move(proxies)) {}

  bool asks_for_tokens() const { return config.auth != AuthMode::kOff; }
  bool issues_tokens() const { return config.auth == AuthMode::kOAuth; }
  plugins::UpstreamTokenSource& upstream_tokens() {
    if (issues_tokens()) return relying_party.upstream_tokens();
    if (asks_for_tokens()) return resource_server.api_tokens();
    return no_upstream_tokens;
  }
  oauth::TokenValidator& token_validator() {
    if (issues_tokens()) return stored_tokens;
    return resource_server.access_tokens();
  }
  Result<> open_plugins() {
    registry =
        TRY(plugins::Registry::open(make_registry_settings(config, runtime_folder.path()),
                                    {clock, log, plugin_executor, upstream_tokens(), plugin_http,
                                     store->announcer(), &plugin_kv, &metrics}));
    oauth_settings.scopes = make_scope_catalogue(config.oauth.scopes, *registry->offers());
    return Ok{};
  }
  void open_authorization();
  std::unique_ptr<http::Gate> make_gate() {
    if (!asks_for_tokens()) {
      return std::make_unique<http::OpenGate>(make_local_user(*registry->offers()));
    }
    return std::make_unique<http::BearerGate>(verifier, dpop, oauth_settings.resource, *challenge,
                                              budgets, request_executor, log);
  }
  void add_routes();
  Result<> open_listeners();
  void invalidate(const store::Invalidation& what);
  void note(const store::StreamNews& news);
  void forget_all();
  void load_keys();
  void reload_keys_soon();
  void record_plugins();
  void tend_keys();
  void tend_audit();

  const Config config;
  const Clock& clock;
  Log& log;
  const RuntimeFolder runtime_folder;
  SystemRandom random;
  const federation::Provider provider;
  const std::unique_ptr<store::Store> store;
  const std::unique_ptr<Vault> vault;
  crypto::KeySource& keys = vault->keys();
  AuditLog& audit = vault->audit();

  // ---- outgoing: PingOne and the APIs of plugins, which share no connection ----
  net::CurlClient provider_http{make_curl_options(config.pingone.ca_file), log};
  net::CurlClient plugin_http{make_curl_options({}), log};
  // What strangers named is asked for by a client of its own, which goes to public addresses only.
  net::CurlClient stranger_http{make_stranger_options(config), log};
  client_documents::GuardedFetcher client_documents{stranger_http, clock};
  federation::RelyingParty relying_party{provider,
                                         provider_http,
                                         store->upstream(),
                                         store->exchanges(),
                                         store->revocations(),
                                         vault->ring(),
                                         random,
                                         clock,
                                         log,
                                         audit};
  federation::ResourceServer resource_server{
      provider, make_access_token_rules(config), provider_http, vault->ring(), random, clock, log};
  NoUpstreamTokens no_upstream_tokens;

  // ---- threads that may block ----
  Executor plugin_executor{"plugin", count_plugin_threads(config), kPluginQueueMax};
  Executor request_executor{"request", kRequestThreads, kRequestQueueMax};
  Executor admin_executor{"admin", kAdminThreads, kAdminQueueMax};

  MetricRegistry metrics;
  plugins::SealedKvStore plugin_kv{store->plugin_kv(),
                                   crypto::Sealer(keys, plugins::SealedKvStore::kPurpose, random)};
  std::unique_ptr<plugins::Registry> registry;

  // ---- the authorization server ----
  oauth::Settings oauth_settings = make_oauth_settings(config);
  const oauth::TokenFormat token_format{keys, random};
  oauth::StoredTokens stored_tokens{oauth_settings.resource, token_format, store->tokens(), clock};
  oauth::AccessTokenVerifier verifier{make_verifier_options(config), token_validator(), clock};
  const oauth::DpopVerifier dpop{keys, random, store->replays(), clock};
  const oauth::Budgets budgets{make_budget_rates(config), random, clock, audit};
  // Made when the tools are known, and with them the scopes.
  std::optional<const oauth::Server> oauth_server;
  std::optional<const oauth::Challenge> challenge;

  // ---- MCP: made when the tools are known ----
  std::optional<const http::McpChallenges> challenges;
  const http::OriginPolicy public_origins;
  const http::TrustedProxies trusted_proxies;
  std::unique_ptr<http::Gate> gate;
  std::unique_ptr<mcp::Endpoint> endpoint;
  std::unique_ptr<http::McpRoute> mcp_route;

  // ---- the admin API ----
  admin::Clients admin_clients{store->clients(), oauth_settings, clock, random};
  admin::RegistrationTokens admin_registration_tokens{store->registration_tokens(), clock,
                                                      token_format};
  admin::Grants admin_grants{store->grants()};
  admin::Keys admin_keys{vault->lifecycle()};
  admin::Audit admin_audit{store->audit(), vault->chain()};
  std::unique_ptr<http::AdminRoutes> admin_routes;

  // ---- listeners ----
  http::Router public_router{public_origins, request_executor, random, log};
  http::Router admin_router{http::OriginPolicy::any_host(), admin_executor, random, log,
                            http::make_problem_refusal};
  std::unique_ptr<http::Server> public_listener;
  std::unique_ptr<http::Server> admin_listener;
  std::unique_ptr<Ticker> tick;
  std::unique_ptr<Ticker> recheck;
  std::unique_ptr<Ticker> tend_tasks;
  std::unique_ptr<Ticker> revoke;  // tells PingOne of what ended
  std::unique_ptr<Ticker> tend_key_age;
  std::unique_ptr<Ticker> tend_record;
};

void Host::Parts::open_authorization() {
  challenge.emplace(oauth_settings);
  challenges.emplace(*challenge);
  if (!issues_tokens()) return;
  oauth_server.emplace(
      oauth_settings,
      oauth::ServerParts{store->clients(), store->signins(), store->grants(), store->tokens(),
                         store->replays(), store->lockouts(), store->pushed_requests(),
                         store->registration_tokens(), client_documents, relying_party, verifier,
                         dpop, budgets, token_format, keys, clock, random, log, audit});
  if (oauth_settings.unsafe_upstream_consent) {
    log.warn("consent.unsafe",
             {{"why",
               "consent.unsafe_upstream_consent is on: any client can act for a user who is "
               "signed in at PingOne, and nobody asks them"}});
  }
}

void Host::Parts::add_routes() {
  endpoint = std::make_unique<mcp::Endpoint>(
      make_endpoint_options(config),
      mcp::EndpointParts{*registry, store->sessions(), store->tasks(), store->announcements(),
                         store->events(), store->answers(), *challenges, keys, request_executor,
                         clock, random, log, nullptr, config.audit.tool_calls ? &audit : nullptr});
  gate = make_gate();
  mcp_route = std::make_unique<http::McpRoute>(*endpoint, *gate, public_origins, request_executor);
  mcp_route->add_to(public_router, kMcpPath);
  if (config.mcp.legacy_sse) mcp_route->add_sse_to(public_router);
  if (issues_tokens()) {
    http::add_wellknown_routes(public_router, *oauth_server, budgets);
    http::add_oauth_routes(public_router, *oauth_server, budgets);
  } else if (asks_for_tokens()) {
    http::add_resource_metadata_routes(public_router, oauth_settings, budgets);
  }

  admin_routes = std::make_unique<http::AdminRoutes>(
      http::AdminParts{admin_clients, admin_registration_tokens, admin_grants, *registry,
                       store->admin_credentials(), admin_keys, admin_audit, audit, clock, log});
  admin_routes->add_to(admin_router);
  http::add_health_routes(
      admin_router,
      {[this] { return store->ping(); }, [this] { return check_plugins(*registry, config); }}, log);
}

Result<> Host::Parts::open_listeners() {
  const auto from_operators = [this](Request request, ExchangePtr exchange) {
    admin_router.handle(std::move(request), std::move(exchange));
  };
  const auto from_clients = [this](Request request, ExchangePtr exchange) {
    if (!trusted_proxies.empty()) request.peer = trusted_proxies.find_client(request);
    public_router.handle(std::move(request), std::move(exchange));
  };
  public_listener =
      TRY(http::Server::create(make_public_listener(config), from_clients, clock, log));
  admin_listener =
      TRY(http::Server::create(make_admin_listener(config), from_operators, clock, log));
  return Ok{};
}

// Any host may have revoked or changed something: every cache of this one hears of it.
void Host::Parts::invalidate(const store::Invalidation& what) {
  using Kind = store::Invalidation::Kind;
  switch (what.kind) {
    case Kind::kGrant:
      verifier.forget_grant(GrantId{what.id});
      relying_party.upstream_tokens().forget(GrantId{what.id});
      endpoint->note_grant_revoked(GrantId{what.id});
      break;
    case Kind::kClient:
      verifier.forget_client(ClientId{what.id});
      endpoint->note_client_changed(ClientId{what.id});
      break;
    case Kind::kToken:
      verifier.forget_token(what.id);
      endpoint->note_token_revoked(what.id);
      break;
    case Kind::kSession:
      endpoint->note_session_terminated(what.id);
      break;
    case Kind::kTask:
      endpoint->note_task_changed(what.id);
      break;
    case Kind::kState:
      endpoint->note_session_changed(what.id);
      break;
    case Kind::kKeys:
      reload_keys_soon();
      break;
  }
}

void Host::Parts::note(const store::StreamNews& news) {
  using Kind = store::StreamNews::Kind;
  switch (news.kind) {
    case Kind::kGrown:
      return endpoint->note_stream_grown(news.name, news.last, news.ended);
    case Kind::kTaken:
      return endpoint->note_stream_taken(news.name, news.connection);
    case Kind::kAnswered:
      return endpoint->note_answer(news.name);
  }
}

void Host::Parts::forget_all() {
  verifier.forget_all();
  relying_party.upstream_tokens().forget_all();
  endpoint->note_listening();
  reload_keys_soon();
}

void Host::Parts::load_keys() {
  const auto loaded = vault->keys().load();
  if (!loaded.ok()) log.failure(LogLevel::kError, "keys.not_loaded", loaded.error());
}

// Refused when there is too much to do: tend_keys() will come.
void Host::Parts::reload_keys_soon() {
  if (!request_executor.submit([this] { load_keys(); })) log.warn("keys.reload_late");
}

void Host::Parts::tend_keys() {
  const auto tended = vault->lifecycle().tend();
  if (!tended.ok()) log.failure(LogLevel::kWarn, "keys.not_tended", tended.error());
  load_keys();
}

void Host::Parts::tend_audit() {
  if (config.audit.retention.count() > 0) {
    const auto pruned = audit::prune(store->audit(), audit, clock.now() - config.audit.retention);
    if (!pruned.ok()) log.failure(LogLevel::kWarn, "audit.not_pruned", pruned.error());
  }
  // Outside of the database: a witness for `mcp-host audit verify --witness`.
  const auto standing = store->audit().load_standing();
  if (!standing.ok() || standing->head.number == 0) return;
  log.info("audit.head", {{"witness", audit::to_witness(standing->head)}});
}

void Host::Parts::record_plugins() {
  for (const auto& plugin : registry->list_plugins()) {
    AuditEvent event;
    event.type = plugin.loaded ? audit_types::kPluginLoaded : audit_types::kPluginRefused;
    event.outcome = plugin.loaded ? AuditOutcome::kDone : AuditOutcome::kRefused;
    event.details = {{"plugin", plugin.name}, {"version", plugin.version}};
    if (!plugin.loaded) event.details.push_back({"why", plugin.reason});
    audit.note(std::move(event));
  }
}

Host::Host(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Host::~Host() = default;

Result<std::unique_ptr<Host>> Host::create(const Config& config, const Clock& clock, Log& log) {
  auto provider = TRY(load_provider(config));
  auto origins = TRY(http::OriginPolicy::create(config.public_url, config.mcp.allowed_origins));
  auto proxies =
      TRY(http::TrustedProxies::create(config.listen.trusted_proxies, to_forwarded_header(config)));
  auto folder = TRY(RuntimeFolder::create());
  const auto store_options = make_store_options(config);
  if (config.database.migrate_on_start) {
    TRY(store::apply_migrations(store_options, store::embedded_migrations(), clock, log));
  }
  auto store = TRY(store::Store::create(store_options, clock, log));
  auto vault = TRY(Vault::open(config, *store, clock, log));
  auto parts = std::make_unique<Parts>(config, clock, log, std::move(provider), std::move(store),
                                       std::move(vault), std::move(origins), std::move(proxies),
                                       std::move(folder));
  TRY(parts->open_plugins());
  parts->open_authorization();
  parts->record_plugins();
  parts->add_routes();
  TRY(parts->open_listeners());
  return std::unique_ptr<Host>(new Host(std::move(parts)));
}

Result<> Host::start() {
  Parts& parts = *parts_;
  parts.store->start({[&parts](const store::Invalidation& what) { parts.invalidate(what); },
                      [&parts](const mcp::Announcement& what, std::int64_t number) {
                        parts.endpoint->note_announcement(what, number);
                      },
                      [&parts](const store::StreamNews& news) { parts.note(news); },
                      [&parts] { parts.forget_all(); }});
  parts.tick = std::make_unique<Ticker>(mcp::limits::kTick, [&parts] { parts.endpoint->tick(); });
  parts.recheck = std::make_unique<Ticker>(mcp::limits::kStreamRecheck,
                                           [&parts] { parts.endpoint->recheck_streams(); });
  parts.tend_tasks =
      std::make_unique<Ticker>(mcp::limits::kTaskTick, [&parts] { parts.endpoint->tend_tasks(); });
  if (parts.issues_tokens()) {
    parts.revoke = std::make_unique<Ticker>(federation::limits::kRevocationRound, [&parts] {
      parts.relying_party.revocation_outbox().run();
    });
  }
  parts.tend_key_age =
      std::make_unique<Ticker>(keys::kReloadEvery, [&parts] { parts.tend_keys(); });
  parts.tend_record = std::make_unique<Ticker>(kAuditTick, [&parts] { parts.tend_audit(); });
  TRY(parts.public_listener->start());
  return parts.admin_listener->start();
}

bool Host::stop() {
  Parts& parts = *parts_;
  parts.tick.reset();
  parts.recheck.reset();
  parts.revoke.reset();
  parts.tend_key_age.reset();
  parts.tend_record.reset();
  parts.endpoint->end_streams();
  parts.public_listener->drain(kDrainPatience);
  parts.tend_tasks.reset();
  parts.endpoint->stop_tasks();
  const bool plugins_returned = parts.registry->stop(kPluginPatience);
  parts.public_listener->stop();
  parts.admin_listener->stop();
  if (!plugins_returned) {
    // The process will end without destructors.
    if (!parts.vault->audit().flush(kAuditPatience)) parts.log.error("audit.not_flushed");
    return false;
  }
  for (Executor* executor :
       {&parts.plugin_executor, &parts.request_executor, &parts.admin_executor}) {
    executor->stop();
  }
  return true;
}

Result<> Host::reload(const Config& config) {
  if (!parts_->config.listen.tls_certificate.empty()) TRY(parts_->public_listener->reload_tls());
  auto ring = TRY(crypto::KeyRing::parse(config.kek_ring.reveal()));
  return parts_->vault->replace_ring(std::move(ring));
}

}  // namespace mcph::app
