#include "app/config.h"

#include <unistd.h>

#include <algorithm>

#include "app/config_pingone.h"
#include "app/config_reader.h"
#include "app/config_resource_server.h"
#include "app/config_schema.h"
#include "app/environment_settings.h"
#include "app/secret_file.h"
#include "app/toml_settings.h"
#include "app/trustworthy_url.h"
#include "base/ip_network.h"
#include "base/url.h"

namespace mcph::app {

namespace {

// A file with a hundred plugins is a few dozen KB.
constexpr std::size_t kConfigFileBytesMax = 1024 * 1024;
constexpr std::int64_t kDay_s = 24 * 3600;

std::string read_public_url(ConfigReader& reader) {
  constexpr std::string_view kName = "public_url";
  std::string text = reader.text(kName);
  if (text.empty()) return text;
  const auto url = parse_url(text);
  if (!url.ok() || url->host.empty() || url->has_userinfo || url->has_query || url->has_fragment) {
    reader.complain(kName, "must be a URL such as https://mcp.example.com");
  } else if (!is_trustworthy(*url)) {
    reader.complain(kName, "must begin with https:// unless it is a loopback address");
  } else if (!url->path.empty() && url->path != "/") {
    reader.complain(kName, "must not have a path");
  } else {
    return url->origin();
  }
  return {};
}

ListenConfig read_listen(ConfigReader& reader) {
  ListenConfig listen;
  listen.address = reader.text("listen.address");
  listen.port = static_cast<std::uint16_t>(reader.number("listen.port"));
  listen.workers = static_cast<std::size_t>(reader.number("listen.workers"));
  listen.tls_certificate = reader.path("listen.tls_certificate");
  listen.tls_key = reader.path("listen.tls_key");
  listen.trusted_proxies = reader.texts("listen.trusted_proxies");
  for (const std::string& network : listen.trusted_proxies) {
    if (parse_ip_network(network)) continue;
    reader.complain("listen.trusted_proxies", "has an entry that is no network: " + network);
  }
  listen.forwarded_header = reader.text("listen.forwarded_header");
  if (listen.tls_certificate.empty() != listen.tls_key.empty()) {
    reader.complain(listen.tls_key.empty() ? "listen.tls_certificate" : "listen.tls_key",
                    "needs its counterpart: tls_certificate and tls_key go together");
  }
  return listen;
}

AdminConfig read_admin(ConfigReader& reader) {
  return {reader.text("admin.address"), static_cast<std::uint16_t>(reader.number("admin.port"))};
}

DatabaseConfig read_database(ConfigReader& reader) {
  return {reader.secret("database.url"),
          static_cast<std::size_t>(reader.number("database.pool_size")),
          reader.truth("database.migrate_on_start")};
}

// RFC 6749 §3.3: scope-token
bool is_scope(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return c > 0x20 && c < 0x7f && c != '"' && c != '\\';
  });
}

void read_scopes(ConfigReader& reader, OAuthConfig& oauth) {
  for (const std::string& entry : reader.texts("oauth.scopes")) {
    const auto end = std::min(entry.find(' '), entry.size());
    ScopeConfig scope{entry.substr(0, end), entry.substr(std::min(end + 1, entry.size()))};
    if (!is_scope(scope.name)) {
      reader.complain("oauth.scopes", "has an entry that is no scope: " + entry);
    }
    oauth.scopes.push_back(std::move(scope));
  }
  if (oauth.scopes.empty()) reader.complain("oauth.scopes", "must name at least one scope");
  oauth.initial_scopes = reader.texts("oauth.initial_scopes");
  for (const std::string& scope : oauth.initial_scopes) {
    if (is_scope(scope)) continue;
    reader.complain("oauth.initial_scopes", "has an entry that is no scope: " + scope);
  }
}

OAuthConfig read_oauth(ConfigReader& reader) {
  OAuthConfig oauth;
  oauth.registration = reader.text("oauth.registration");
  oauth.registrations_per_hour =
      static_cast<std::size_t>(reader.number("oauth.registrations_per_hour"));
  oauth.client_documents = reader.truth("oauth.client_documents");
  oauth.client_documents_on_loopback = reader.truth("oauth.client_documents_on_loopback");
  oauth.access_token_lifetime = Seconds(reader.number("oauth.access_token_lifetime_s"));
  oauth.refresh_token_lifetime = Seconds(reader.number("oauth.refresh_token_lifetime_s"));
  oauth.code_lifetime = Seconds(reader.number("oauth.code_lifetime_s"));
  read_scopes(reader, oauth);
  return oauth;
}

ConsentConfig read_consent(ConfigReader& reader, const PingOneConfig& pingone) {
  ConsentConfig consent;
  consent.mode = reader.text("consent.mode");
  consent.unsafe_upstream_consent = reader.truth("consent.unsafe_upstream_consent");
  consent.remember = reader.truth("consent.remember");
  if (consent.mode != "host" && pingone.davinci_policy.empty()) {
    reader.complain("consent.mode", "needs pingone.davinci_policy unless it is host");
  }
  if (consent.unsafe_upstream_consent && consent.mode != "upstream") {
    reader.complain("consent.unsafe_upstream_consent", "is for consent.mode = \"upstream\" only");
  }
  if (consent.remember && consent.mode != "host") {
    reader.complain("consent.remember", "is for consent.mode = \"host\" only");
  }
  return consent;
}

// Without authorization nothing but the machine's border stands before the tools.
AuthMode read_auth(ConfigReader& reader, const Config& config) {
  constexpr std::string_view kName = "auth.mode";
  const std::string mode = reader.text(kName);
  if (mode == "oauth") return AuthMode::kOAuth;
  if (mode == "resource_server") return AuthMode::kResourceServer;
  Url bound;
  bound.host = config.listen.address;
  if (!bound.is_loopback()) {
    reader.complain(kName, "may be off only if listen.address is a loopback address");
  }
  if (const auto url = parse_url(config.public_url); url.ok() && !url->is_loopback()) {
    reader.complain(kName, "may be off only if public_url is a loopback address");
  }
  return AuthMode::kOff;
}

McpConfig read_mcp(ConfigReader& reader) {
  McpConfig mcp;
  mcp.session_lifetime = Seconds(reader.number("mcp.session_lifetime_s"));
  mcp.page_size = static_cast<std::size_t>(reader.number("mcp.page_size"));
  mcp.list_out_of_reach = reader.truth("mcp.list_out_of_reach");
  mcp.streams_per_user_max = static_cast<std::size_t>(reader.number("mcp.streams_per_user_max"));
  mcp.legacy_sse = reader.truth("mcp.legacy_sse");
  mcp.allowed_origins = reader.texts("mcp.allowed_origins");
  for (const std::string& origin : mcp.allowed_origins) {
    const auto url = parse_url(origin);
    if (!url.ok() || url->origin() != origin) {
      reader.complain("mcp.allowed_origins", "has an entry that is no origin: " + origin);
    }
  }
  return mcp;
}

PluginConfig read_plugin(ConfigReader& reader, const std::string& name) {
  const std::string prefix = "plugin." + name + ".";
  PluginConfig plugin;
  plugin.enabled = reader.truth(prefix + "enabled");
  plugin.allowed_hosts = reader.texts(prefix + "allowed_hosts");
  plugin.upstream_audience = reader.text(prefix + "upstream_audience");
  plugin.upstream_scopes = reader.texts(prefix + "upstream_scopes");
  plugin.upstream_as_presented = reader.text(prefix + "upstream_token") == "presented";
  if (plugin.upstream_as_presented) {
    check_presented(reader, prefix, plugin);
  } else if (plugin.upstream_audience.empty() != plugin.upstream_scopes.empty()) {
    reader.complain(
        prefix + (plugin.upstream_scopes.empty() ? "upstream_audience" : "upstream_scopes"),
        "needs its counterpart: upstream_audience and upstream_scopes go together");
  }
  constexpr std::size_t kApiNameBytesMax = 512;  // of a row of exchanged_token
  std::size_t bytes = plugin.upstream_audience.size();
  for (const std::string& scope : plugin.upstream_scopes) bytes += scope.size() + 1;
  if (bytes > kApiNameBytesMax) reader.complain(prefix + "upstream_scopes", "are too long");
  for (const std::string& secret : reader.secret_names(prefix + "secrets")) {
    Secret value = reader.secret(prefix + "secrets." + secret);
    if (!value.empty()) plugin.secrets.emplace(secret, std::move(value));
  }
  plugin.raw_token = reader.truth(prefix + "raw_token");
  plugin.timeout = Milliseconds(reader.number(prefix + "timeout_ms"));
  plugin.running_max = static_cast<std::size_t>(reader.number(prefix + "running_max"));
  plugin.queued_max = static_cast<std::size_t>(reader.number(prefix + "queued_max"));
  plugin.config_json = reader.table(prefix + "config");
  for (const std::string& host : plugin.allowed_hosts) {
    const auto url = parse_url(host);
    if (!url.ok() || url->origin() != host) {
      reader.complain(prefix + "allowed_hosts", "has an entry that is no origin: " + host);
    } else if (!is_trustworthy(*url)) {
      reader.complain(prefix + "allowed_hosts",
                      "would send users' tokens in the clear to " + host + "; it must be https");
    }
  }
  return plugin;
}

bool is_plugin_name(std::string_view name) {
  constexpr std::size_t kNameBytesMax = 64;
  return !name.empty() && name.size() <= kNameBytesMax &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '_' || c == '-';
         });
}

// From the file or variable that is named, or else the credential systemd hands over
// (LoadCredential=mcp-host.kek:…). There is no host without: it would keep users' tokens in the
// clear.
Secret read_kek_ring(ConfigReader& reader, const Environment& environment) {
  constexpr std::string_view kName = "keys.kek";
  Secret named = reader.secret(kName);
  if (!named.empty() || reader.is_set("keys.kek_file")) return named;
  const auto folder = environment.find("CREDENTIALS_DIRECTORY");
  const std::string file = folder == environment.end() ? "" : folder->second + "/mcp-host.kek";
  if (!file.empty() && ::access(file.c_str(), F_OK) == 0) {
    auto loaded = load_secret_file(file);
    if (loaded.ok()) return *std::move(loaded);
    reader.complain(kName, loaded.error().message);
    return {};
  }
  reader.complain("keys.kek_file", "is missing");
  return {};
}

Config read_config(ConfigReader& reader, const Environment& environment) {
  Config config;
  config.title = reader.text("title");
  config.public_url = read_public_url(reader);
  config.listen = read_listen(reader);
  config.admin = read_admin(reader);
  config.database = read_database(reader);
  config.kek_ring = read_kek_ring(reader, environment);
  config.key_rotation_every = Seconds(reader.number("keys.rotate_days") * kDay_s);
  config.audit = {reader.truth("audit.tool_calls"),
                  Seconds(reader.number("audit.retention_days") * kDay_s)};
  config.auth = read_auth(reader, config);
  if (config.auth == AuthMode::kOAuth) config.pingone = read_pingone(reader);
  config.oauth = read_oauth(reader);
  config.consent = read_consent(reader, config.pingone);
  const auto own = parse_url(config.public_url);
  if (config.oauth.client_documents_on_loopback && own.ok() && !own->is_loopback()) {
    reader.complain("oauth.client_documents_on_loopback", "is for a loopback public_url only");
  }
  for (const std::string_view key : kBudgetKeys) {
    config.budgets_per_minute.push_back(
        static_cast<std::uint32_t>(reader.number("budgets." + std::string(key) + "_per_minute")));
  }
  config.mcp = read_mcp(reader);
  config.plugins_directory = reader.path("plugins.directory");
  config.plugin_defaults = read_plugin(reader, "*");
  for (const std::string& name : reader.plugin_names()) {
    if (!is_plugin_name(name)) {
      reader.complain("plugin", "has a section that cannot be a plugin's name: " + name);
      continue;
    }
    config.plugins.emplace(name, read_plugin(reader, name));
  }
  if (config.auth == AuthMode::kResourceServer) {
    read_resource_server(reader, config);
  } else {
    refuse_resource_server(reader, config);
  }
  const auto level = parse_log_level(reader.text("log.level"));
  if (level.ok()) config.log_level = *level;
  config.core_dumps = reader.truth("process.core_dumps");
  return config;
}

// A secret written into the file itself makes the whole file secret.
void check_file_is_private(const std::string& path, const Settings& settings, Problems& problems) {
  for (const auto& [name, setting] : settings) {
    const KeyMatch match = find_key(name);
    if (setting.from_environment || match.key == nullptr || match.is_file) continue;
    const auto* text = std::get_if<std::string>(&setting.value);
    const bool literal = text != nullptr && text->find("${") == std::string::npos;
    // A database URL without a password is none.
    const bool secret = name == "pingone.client_secret" ||
                        match.key->section == "plugin.*.secrets" || name == "keys.kek" ||
                        (name == "database.url" && literal && text->find('@') < text->size() &&
                         text->find(':', text->find("//") + 2) < text->find('@'));
    if (!literal || !secret) continue;
    if (auto checked = check_private(path); !checked.ok()) {
      problems.push_back(setting.place + ": " + checked.error().message);
      return;
    }
  }
}

void check_settings(const Settings& settings, Problems& problems) {
  for (const auto& [name, setting] : settings) {
    const KeyMatch match = find_key(name);
    std::string what;
    if (match.is_file) {
      if (!std::holds_alternative<std::string>(setting.value)) what = "must be a path in quotes";
    } else {
      what = check_setting(*match.key, setting);
    }
    if (!what.empty()) problems.push_back(setting.place + ": " + name + " " + what);
  }
}

}  // namespace

LoadedConfig load_config(const std::string& path, const Environment& environment) {
  LoadedConfig loaded;
  Problems& problems = loaded.problems;
  const auto text = load_file(path, kConfigFileBytesMax);
  if (!text.ok()) {
    problems.push_back(text.error().message);
    return loaded;
  }
  Settings settings;
  read_toml(*text, path, settings, problems);
  check_file_is_private(path, settings, problems);
  apply_environment(environment, settings, problems);
  expand_variables(environment, settings, problems);
  check_settings(settings, problems);
  if (!problems.empty()) return loaded;

  ConfigReader reader(path, settings, problems);
  Config config = read_config(reader, environment);
  if (problems.empty()) loaded.config = std::move(config);
  return loaded;
}

}  // namespace mcph::app
