#include "app/module_settings.h"

#include <algorithm>

#include "app/scope_catalogue.h"
#include "app/secret_file.h"
#include "app/version.h"
#include "base/assert.h"
#include "base/url.h"
#include "federation/limits.h"
#include "http/problem.h"
#include "oauth/endpoints.h"

namespace mcph::app {
namespace {

oauth::Registration to_registration(const std::string& word) {
  if (word == "open") return oauth::Registration::kOpen;
  return word == "token" ? oauth::Registration::kToken : oauth::Registration::kOff;
}

federation::ClientAuth to_client_auth(const std::string& word) {
  if (word == "client_secret_post") return federation::ClientAuth::kSecretPost;
  if (word == "client_secret_jwt") return federation::ClientAuth::kSecretJwt;
  if (word == "private_key_jwt") return federation::ClientAuth::kPrivateKeyJwt;
  return federation::ClientAuth::kSecretBasic;
}

oauth::ConsentMode to_consent_mode(const std::string& word) {
  if (word == "upstream") return oauth::ConsentMode::kUpstream;
  return word == "both" ? oauth::ConsentMode::kBoth : oauth::ConsentMode::kHost;
}

}  // namespace

store::StoreOptions make_store_options(const Config& config) {
  store::StoreOptions options;
  options.conninfo = config.database.url;
  options.connections_max = config.database.pool_size;
  return options;
}

Result<federation::Provider> load_provider(const Config& config) {
  federation::Provider provider;
  provider.issuer = config.pingone.issuer;
  provider.client_id = config.pingone.client_id;
  provider.client_auth = to_client_auth(config.pingone.client_auth);
  provider.client_secret = config.pingone.client_secret;
  if (!config.pingone.private_key_file.empty()) {
    const Secret pem = TRY(load_secret_file(config.pingone.private_key_file));
    provider.private_key = TRY(crypto::JwsSigningKey::parse(pem));
    provider.private_key_id = config.pingone.private_key_id;
  }
  provider.scopes = config.pingone.scopes;
  provider.davinci_policy = config.pingone.davinci_policy;
  provider.sign_on_policies = config.pingone.sign_on_policies;
  provider.authorize_parameters = config.pingone.authorize_parameters;
  provider.pushed_requests = config.pingone.pushed_requests;
  provider.requests_per_second = config.pingone.requests_per_second;
  provider.redirect_uri = config.public_url + oauth::kCallbackPath;
  provider.signed_out_uri = config.public_url + oauth::kSignedOutPath;
  if (config.auth == AuthMode::kOAuth) TRY(federation::check_provider(provider));
  if (config.auth == AuthMode::kResourceServer) TRY(federation::check_token_issuer(provider));
  return provider;
}

federation::AccessTokenRules make_access_token_rules(const Config& config) {
  return {config.pingone.issuer, config.resource_server.audience, config.resource_server.algorithms,
          config.resource_server.clients};
}

oauth::VerifierOptions make_verifier_options(const Config& config) {
  oauth::VerifierOptions options;
  // Nobody tells us of PingOne's tokens that end early, so looking again would find nothing new. A
  // caller there holds the token itself.
  if (config.auth == AuthMode::kResourceServer) {
    options.cache_ttl = federation::limits::kTokenLifetimeMax;
    options.cache_entries_max = federation::limits::kCachedTokensMax;
  }
  return options;
}

oauth::Settings make_oauth_settings(const Config& config) {
  oauth::Settings settings;
  settings.issuer = config.public_url;
  if (config.auth == AuthMode::kResourceServer) settings.token_issuer = config.pingone.issuer;
  settings.resource = config.public_url + kMcpPath;
  settings.resource_name = config.title;
  settings.scopes = make_scope_catalogue(config.oauth.scopes, {});
  settings.initial_scopes = config.oauth.initial_scopes;
  settings.registration = to_registration(config.oauth.registration);
  settings.registrations_per_hour = config.oauth.registrations_per_hour;
  settings.client_documents = config.oauth.client_documents;
  settings.client_documents_on_loopback = config.oauth.client_documents_on_loopback;
  settings.consent_mode = to_consent_mode(config.consent.mode);
  settings.unsafe_upstream_consent = config.consent.unsafe_upstream_consent;
  settings.remember_consent = config.consent.remember;
  settings.upstream_policy = config.pingone.davinci_policy;
  settings.upstream_scopes = config.pingone.scopes;
  const auto issuer = parse_url(config.pingone.issuer);
  if (issuer.ok() && issuer->scheme == "http") settings.signin_origins.push_back(issuer->origin());
  settings.code_lifetime = config.oauth.code_lifetime;
  settings.access_token_lifetime = config.oauth.access_token_lifetime;
  settings.refresh_token_lifetime = config.oauth.refresh_token_lifetime;
  return settings;
}

oauth::BudgetRates make_budget_rates(const Config& config) {
  oauth::BudgetRates rates{};
  ASSERT(config.budgets_per_minute.size() == rates.size());
  std::copy(config.budgets_per_minute.begin(), config.budgets_per_minute.end(), rates.begin());
  return rates;
}

http::ForwardedHeader to_forwarded_header(const Config& config) {
  return config.listen.forwarded_header == "forwarded" ? http::ForwardedHeader::kForwarded
                                                       : http::ForwardedHeader::kXForwardedFor;
}

mcp::EndpointOptions make_endpoint_options(const Config& config) {
  mcp::EndpointOptions options;
  options.introduction.title = config.title;
  options.introduction.version = kVersion;
  options.session_ttl = config.mcp.session_lifetime;
  options.lists.page_size = config.mcp.page_size;
  options.lists.out_of_reach = config.mcp.list_out_of_reach;
  options.streams_per_principal_max = config.mcp.streams_per_user_max;
  return options;
}

plugins::RegistrySettings make_registry_settings(const Config& config,
                                                 const std::string& runtime_folder) {
  plugins::RegistrySettings settings;
  settings.directory = config.plugins_directory;
  settings.runtime_directory = runtime_folder;
  settings.host_version = kVersion;
  for (const auto& [name, plugin] : config.plugins) {
    plugins::PluginSettings& one = settings.plugins[name];
    one.enabled = plugin.enabled;
    one.config_json = plugin.config_json;
    one.allowed_hosts = plugin.allowed_hosts;
    one.upstream.audience = plugin.upstream_audience;
    for (const std::string& scope : plugin.upstream_scopes) {
      one.upstream.scope.append(one.upstream.scope.empty() ? "" : " ").append(scope);
    }
    one.upstream.as_presented = plugin.upstream_as_presented;
    one.secrets.insert(plugin.secrets.begin(), plugin.secrets.end());
    one.raw_token = plugin.raw_token;
    one.timeout_ms = plugin.timeout.count();
    one.running_max = plugin.running_max;
    one.queued_max = plugin.queued_max;
  }
  return settings;
}

std::size_t count_plugin_threads(const Config& config) {
  // Threads that wait cost little, but not nothing.
  constexpr std::size_t kThreadsMax = 256;
  std::size_t threads = config.plugin_defaults.running_max;  // for those without a section
  for (const auto& [name, plugin] : config.plugins) {
    if (plugin.enabled) threads += plugin.running_max;
  }
  return std::min(threads, kThreadsMax);
}

http::ServerOptions make_public_listener(const Config& config) {
  http::ServerOptions options;
  options.address = config.listen.address;
  options.port = config.listen.port;
  options.workers = config.listen.workers;
  if (!config.listen.tls_certificate.empty()) {
    options.tls = http::TlsFiles{config.listen.tls_certificate, config.listen.tls_key};
  }
  return options;
}

http::ServerOptions make_admin_listener(const Config& config) {
  http::ServerOptions options;
  options.address = config.admin.address;
  options.port = config.admin.port;
  options.workers = 1;  // administrators are few
  options.make_refusal = [](int status, std::string_view why) {
    return http::make_problem(status, why);
  };
  options.limits.connections_max = 256;
  return options;
}

}  // namespace mcph::app
