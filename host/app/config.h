// The whole configuration, checked, as plain values. Where each key comes from, what it means and
// its default stand in config_keys.cc; these structs have none of their own.
//
// Sources, the later ones win: defaults, the TOML file, environment variables MCPH_SECTION__KEY.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/environment.h"
#include "base/encoding.h"
#include "base/secret.h"
#include "base/time.h"
#include "observability/log.h"

namespace mcph::app {

inline constexpr char kMcpPath[] = "/mcp";

struct ListenConfig {
  std::string address;
  std::uint16_t port = 0;
  std::size_t workers = 0;      // 0: one for each core
  std::string tls_certificate;  // both or none
  std::string tls_key;
  std::vector<std::string> trusted_proxies;
  std::string forwarded_header;  // x-forwarded-for or forwarded
};

struct AdminConfig {
  std::string address;
  std::uint16_t port = 0;
};

struct DatabaseConfig {
  Secret url;  // may hold a password
  std::size_t pool_size = 0;
  bool migrate_on_start = false;
};

enum class AuthMode {
  kOAuth,           // clients need an access token of this host
  kResourceServer,  // clients need one of PingOne's that is meant for this host
  kOff,             // everybody who reaches the listener, which is on loopback, is one local user
};

// With AuthMode::kOff all of it is empty.
struct PingOneConfig {
  std::string issuer;  // explicit, or made from environment_id and region
  std::string client_id;
  std::string client_auth;  // a method's name (OpenID Connect Core §9)
  Secret client_secret;     // empty with private_key_jwt
  std::string private_key_file;
  std::string private_key_id;
  std::vector<std::string> scopes;
  std::string davinci_policy;  // may be empty
  std::vector<std::string> sign_on_policies;
  FormFields authorize_parameters;
  bool pushed_requests = false;
  std::string ca_file;                    // empty: the system's authorities
  std::uint32_t requests_per_second = 0;  // 0: any number
};

struct ScopeConfig {
  std::string name;
  std::string words;  // for people; may be empty
};

struct OAuthConfig {
  std::string registration;  // open, token or off
  std::size_t registrations_per_hour = 0;
  bool client_documents = false;
  bool client_documents_on_loopback = false;
  Seconds access_token_lifetime{};
  Seconds refresh_token_lifetime{};
  Seconds code_lifetime{};
  std::vector<ScopeConfig> scopes;          // beside those that plugins bring
  std::vector<std::string> initial_scopes;  // empty: all
};

// How often the public endpoints may be asked. Each is a key of [budgets].
inline constexpr std::string_view kBudgetKeys[] = {
    "metadata", "register",      "manage",     "authorize", "consent",      "callback",
    "token",    "revoke",        "introspect", "push",      "mcp_refusals", "document_fetches",
    "client",   "public_client", "dead_token",
};

// With AuthMode::kResourceServer; else empty.
struct ResourceServerConfig {
  std::string audience;
  std::vector<std::string> algorithms;
  std::vector<std::string> clients;  // empty: any
};

struct ConsentConfig {
  std::string mode;  // host, upstream or both
  bool unsafe_upstream_consent = false;
  bool remember = false;
};

struct McpConfig {
  Seconds session_lifetime{};
  std::size_t page_size = 0;
  bool list_out_of_reach = false;
  std::size_t streams_per_user_max = 0;
  std::vector<std::string> allowed_origins;
  bool legacy_sse = false;
};

struct PluginConfig {
  bool enabled = false;
  std::vector<std::string> allowed_hosts;
  std::string upstream_audience;  // empty: that of the sign-in
  std::vector<std::string> upstream_scopes;
  bool upstream_as_presented = false;
  std::map<std::string, Secret> secrets;  // [plugin.NAME.secrets], by name
  bool raw_token = false;
  Milliseconds timeout{};
  std::size_t running_max = 0;
  std::size_t queued_max = 0;
  std::string config_json;  // [plugin.NAME.config] as a JSON object
};

struct AuditConfig {
  bool tool_calls = false;
  Seconds retention{};  // zero: for ever
};

struct Config {
  std::string title;
  std::string public_url;  // an origin, without a slash at its end
  ListenConfig listen;
  AdminConfig admin;
  DatabaseConfig database;
  Secret kek_ring;               // lines id:key
  Seconds key_rotation_every{};  // zero: never by itself
  AuditConfig audit;
  AuthMode auth = AuthMode::kOAuth;
  PingOneConfig pingone;
  OAuthConfig oauth;
  ResourceServerConfig resource_server;
  ConsentConfig consent;
  std::vector<std::uint32_t> budgets_per_minute;  // in the order of kBudgetKeys
  McpConfig mcp;
  std::string plugins_directory;
  PluginConfig plugin_defaults;                 // for plugins the file does not name
  std::map<std::string, PluginConfig> plugins;  // by plugin name
  LogLevel log_level = LogLevel::kInfo;
  bool core_dumps = false;
};

// Either the configuration or everything that is wrong with it, one line each, beginning with the
// place ("mcp-host.toml:12:3", "MCPH_LISTEN__PORT").
struct LoadedConfig {
  std::optional<Config> config;
  std::vector<std::string> problems;
};

LoadedConfig load_config(const std::string& path, const Environment& environment);

}  // namespace mcph::app
