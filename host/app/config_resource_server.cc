#include "app/config_resource_server.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "app/config_pingone.h"

namespace mcph::app {
namespace {

constexpr std::string_view kAlgorithms[] = {"RS256", "PS256", "ES256", "EdDSA"};

// What users are asked and clients are given by PingOne, nobody decides here.
constexpr std::string_view kOfAuthorizationServer[] = {
    "consent.",
    "oauth.",
    "pingone.scopes",
    "pingone.davinci_policy",
    "pingone.sign_on_policies",
    "pingone.authorize_parameters",
    "pingone.pushed_requests",
};
constexpr std::string_view kOfBoth[] = {"oauth.scopes", "oauth.initial_scopes"};

void refuse_authorization_server(ConfigReader& reader) {
  for (const std::string_view prefix : kOfAuthorizationServer) {
    for (const std::string& name : reader.names_changed(prefix)) {
      if (std::find(std::begin(kOfBoth), std::end(kOfBoth), name) != std::end(kOfBoth)) continue;
      reader.complain(name,
                      "has no meaning with auth.mode = \"resource_server\": PingOne decides it");
    }
  }
}

bool exchanges_tokens(const Config& config) {
  return std::any_of(config.plugins.begin(), config.plugins.end(), [](const auto& entry) {
    const PluginConfig& plugin = entry.second;
    return plugin.enabled && !plugin.upstream_audience.empty() && !plugin.upstream_as_presented;
  });
}

void read_algorithms(ConfigReader& reader, ResourceServerConfig& server) {
  constexpr std::string_view kName = "resource_server.algorithms";
  server.algorithms = reader.texts(kName);
  if (server.algorithms.empty()) reader.complain(kName, "must name at least one");
  for (const std::string& name : server.algorithms) {
    if (std::find(std::begin(kAlgorithms), std::end(kAlgorithms), name) != std::end(kAlgorithms)) {
      continue;
    }
    reader.complain(kName, "may be RS256, PS256, ES256 and EdDSA, not " + name);
  }
}

}  // namespace

void read_resource_server(ConfigReader& reader, Config& config) {
  refuse_authorization_server(reader);
  config.pingone = read_token_issuer(reader, exchanges_tokens(config));
  ResourceServerConfig& server = config.resource_server;
  server.audience = reader.text("resource_server.audience");
  if (server.audience.empty()) server.audience = config.public_url + kMcpPath;
  // ID tokens have the client for an audience: they would pass for access tokens.
  if (server.audience == config.pingone.client_id) {
    reader.complain("resource_server.audience", "must not be pingone.client_id");
  }
  read_algorithms(reader, server);
  server.clients = reader.texts("resource_server.clients");
  if (!reader.is_set("oauth.scopes")) {
    reader.complain("oauth.scopes",
                    "is missing: with auth.mode = \"resource_server\" clients ask PingOne for "
                    "them, so they must be those of the resource there");
  }
}

void refuse_resource_server(ConfigReader& reader, const Config& config) {
  for (const std::string& name : reader.names_changed("resource_server.")) {
    reader.complain(name, "is for auth.mode = \"resource_server\" only");
  }
  for (const auto& [name, plugin] : config.plugins) {
    if (!plugin.upstream_as_presented) continue;
    reader.complain("plugin." + name + ".upstream_token",
                    "may be presented with auth.mode = \"resource_server\" only");
  }
}

void check_presented(ConfigReader& reader, const std::string& prefix, const PluginConfig& plugin) {
  if (plugin.upstream_audience.empty()) {
    reader.complain(prefix + "upstream_audience",
                    "is missing: a token is passed on only to the API that its audience names");
  }
  if (!plugin.upstream_scopes.empty()) {
    reader.complain(prefix + "upstream_scopes", "are for upstream_token = \"exchanged\"");
  }
}

}  // namespace mcph::app
