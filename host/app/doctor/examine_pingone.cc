// PingOne as the host meets it: discovery, keys, our credentials, the sign-in request, exchanges.
#include <algorithm>
#include <optional>
#include <variant>

#include "app/doctor/doctor.h"
#include "app/module_settings.h"
#include "base/encoding.h"
#include "federation/authenticated_post.h"
#include "federation/begin_signin.h"
#include "federation/discovery.h"
#include "federation/jwks_cache.h"
#include "federation/pushed_request.h"
#include "federation/token_endpoint.h"

namespace mcph::app {
namespace {

using federation::TokenFailure;
using Kind = federation::TokenFailure::Kind;

constexpr Side kSide = Side::kPingOne;
constexpr std::int64_t kPatienceMs = 5'000;
constexpr char kApplication[] = "PingOne console, Applications > Applications > the application: ";

// All that the checks share, in the order in which they need each other.
struct Visit {
  Visit(const DoctorParts& p, federation::Provider given)
      : parts(p),
        provider(std::move(given)),
        discovery(provider.issuer, p.provider_http, p.clock, p.log),
        keys(discovery, p.provider_http, p.clock, p.log),
        post(provider, p.provider_http, p.clock, p.random),
        endpoint(provider, discovery, post) {}

  const DoctorParts& parts;
  const federation::Provider provider;
  federation::Discovery discovery;
  federation::JwksCache keys;
  federation::AuthenticatedPost post;
  federation::TokenEndpoint endpoint;
};

std::string describe(const Error& error) {
  return error.detail.empty() ? error.message : error.message + " (" + error.detail + ")";
}

std::string describe(const TokenFailure& failure) {
  return std::string(to_string(failure.kind)) + ", " + failure.detail;
}

Finding check_discovery(Visit& visit) {
  const auto metadata = visit.discovery.get();
  if (metadata.ok()) return ok(kSide, "pingone.discovery", visit.provider.issuer);
  return wrong(
      kSide, "pingone.discovery", visit.provider.issuer + ": " + describe(metadata.error()),
      "PingOne console, Settings > Environment Properties shows the environment id and the "
      "region; Settings > Domains a custom domain. They belong into [pingone] "
      "environment_id and region, or issuer. A private certificate authority belongs into "
      "ca_file.");
}

Finding check_keys(Visit& visit) {
  const auto keys = visit.keys.get();
  if (keys.ok()) {
    return ok(kSide, "pingone.keys", std::to_string((*keys)->size()) + " usable signing keys");
  }
  return wrong(kSide, "pingone.keys", describe(keys.error()),
               "PingOne console, Settings > Certificates & Key Pairs: a signing key of RSA with at "
               "least 2048 bits must be current.");
}

// A code that nobody issued: who we are is looked at first, then the code is refused.
Finding check_client(Visit& visit) {
  const auto outcome = visit.endpoint.redeem_code("mcp-host-doctor", Secret(std::string(43, 'd')));
  const auto* failure = std::get_if<TokenFailure>(&outcome);
  if (failure == nullptr || failure->kind == Kind::kInvalidGrant) {
    return ok(kSide, "pingone.client", "the client id and its authentication are accepted");
  }
  if (failure->kind == Kind::kInvalidClient) {
    return wrong(kSide, "pingone.client", describe(*failure),
                 kApplication +
                     std::string("it must be switched on; Overview shows client id and "
                                 "secret, Configuration > Token Endpoint Authentication "
                                 "Method must be ") +
                     visit.parts.config.pingone.client_auth + " as [pingone] client_auth says.");
  }
  return wrong(
      kSide, "pingone.client", describe(*failure),
      kApplication + std::string("Configuration > Grant Type must have Authorization Code."));
}

// Where the browser would be sent with an error or a code; nothing: it is not sent back at all.
std::optional<std::string> find_way_back(const Visit& visit, const net::HttpResponse& response) {
  const std::string location(response.headers.find("location").value_or(""));
  if (location.starts_with(visit.provider.redirect_uri + '?')) return location;
  return std::nullopt;
}

std::string error_in(const std::string& location) {
  const auto fields = parse_form(location.substr(location.find('?') + 1));
  if (!fields) return {};
  for (const auto& [name, value] : *fields) {
    if (name == "error") return value;
  }
  return {};
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out.append(out.empty() ? "" : " ").append(word);
  return out;
}

Findings judge_signin(const Visit& visit, const net::HttpResponse& response) {
  constexpr const char* kBack = "pingone.redirect_uri";
  constexpr const char* kScopes = "pingone.scopes";
  const std::string scopes = joined(visit.provider.scopes);
  const auto back = find_way_back(visit, response);
  const bool goes_on = response.status >= 300 && response.status < 400;
  if (!back && !goes_on && response.status != 200) {
    return {wrong(kSide, kBack,
                  "the sign-in request is answered with " + std::to_string(response.status) +
                      " instead of being sent back to " + visit.provider.redirect_uri,
                  kApplication + std::string("Configuration > Redirect URIs must have ") +
                      visit.provider.redirect_uri + ", and Response Type must have Code."),
            skipped(kSide, kScopes, "the request was not taken")};
  }
  Finding uri = ok(kSide, kBack, visit.provider.redirect_uri);
  const std::string error = back ? error_in(*back) : "";
  if (error == "invalid_scope") {
    return {uri, wrong(kSide, kScopes, "not all of these may be asked for: " + scopes,
                       kApplication + std::string("Resources must have them. Scopes of one custom "
                                                  "resource only: those of another belong into "
                                                  "upstream_audience and upstream_scopes of the "
                                                  "plugin that needs them."))};
  }
  // OpenID Connect Core §3.1.2.6: with prompt=none these say that all was well but nobody is there.
  const bool expected = error.empty() || error == "login_required" ||
                        error == "interaction_required" || error == "consent_required";
  if (expected) return {uri, ok(kSide, kScopes, scopes)};
  return {uri,
          wrong(kSide, kScopes, "the sign-in request is refused with " + error,
                kApplication + std::string("Policies must have what [pingone] davinci_policy or "
                                           "sign_on_policies name; Configuration > Grant Type "
                                           "must have Authorization Code."))};
}

Findings check_signin(Visit& visit) {
  constexpr const char* kBack = "pingone.redirect_uri";
  const auto metadata = visit.discovery.get();
  if (!metadata.ok()) return {skipped(kSide, kBack, "there is no discovery document")};
  auto request = federation::make_signin_request(visit.provider, "doctor", {}, visit.parts.random);
  request.parameters.emplace_back("prompt", "none");
  if (federation::must_push(visit.provider, **metadata)) {
    auto pushed = federation::push_request(visit.provider, **metadata,
                                           std::move(request.parameters), visit.post);
    if (!pushed.ok()) {
      return {wrong(kSide, kBack, describe(pushed.error()),
                    kApplication + std::string("Configuration > Redirect URIs, Resources, and "
                                               "Pushed Authorization Request."))};
    }
    request.parameters = std::move(pushed).value();
  }
  net::HttpRequest get;
  get.url = federation::make_signin_url(**metadata, request.parameters);
  get.timeout_ms = kPatienceMs;
  get.tag = "doctor";
  const auto response = visit.parts.provider_http.send(std::move(get));
  if (!response.ok()) return {skipped(kSide, kBack, describe(response.error()))};
  return judge_signin(visit, *response);
}

// A token that nobody issued: whether we may exchange at all is looked at first.
Finding check_exchange(Visit& visit, const std::string& name, const PluginConfig& plugin) {
  const std::string hop = "pingone.exchange." + name;
  const auto outcome =
      visit.endpoint.exchange(Secret(std::string("mcp-host-doctor")), plugin.upstream_audience,
                              joined(plugin.upstream_scopes));
  const auto* failure = std::get_if<TokenFailure>(&outcome);
  const bool may = failure == nullptr || failure->kind == Kind::kInvalidGrant ||
                   failure->detail.find("invalid_request") != std::string::npos;
  if (may) return ok(kSide, hop, "tokens may be exchanged for " + plugin.upstream_audience);
  return wrong(kSide, hop, describe(*failure),
               kApplication +
                   std::string("Configuration > Grant Type must have Token Exchange, and "
                               "Resources the scopes of ") +
                   plugin.upstream_audience + ".");
}

}  // namespace

Findings examine_pingone(const DoctorParts& parts) {
  auto provider = load_provider(parts.config);
  if (!provider.ok()) {
    return {wrong(kSide, "pingone.settings", describe(provider.error()),
                  "The section [pingone] of the configuration.")};
  }
  Visit visit(parts, std::move(provider).value());
  Findings findings{check_discovery(visit)};
  if (findings.front().state != Finding::State::kOk) {
    findings.push_back(skipped(kSide, "pingone.keys", "there is no discovery document"));
    if (parts.config.auth != AuthMode::kOAuth) return findings;
    for (const char* hop : {"pingone.client", "pingone.redirect_uri"}) {
      findings.push_back(skipped(kSide, hop, "there is no discovery document"));
    }
    return findings;
  }
  findings.push_back(check_keys(visit));
  if (parts.config.auth == AuthMode::kOAuth) {
    findings.push_back(check_client(visit));
    for (Finding& finding : check_signin(visit)) findings.push_back(std::move(finding));
  }
  for (const auto& [name, plugin] : parts.config.plugins) {
    if (!plugin.enabled || plugin.upstream_audience.empty()) continue;
    if (plugin.upstream_as_presented) continue;
    findings.push_back(check_exchange(visit, name, plugin));
  }
  return findings;
}

}  // namespace mcph::app
