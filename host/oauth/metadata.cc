#include "oauth/metadata.h"

#include "base/url.h"
#include "oauth/dpop/proof.h"
#include "oauth/endpoints.h"
#include "oauth/grant_types.h"
#include "oauth/scope.h"
#include "oauth/token/client_assertion.h"

namespace mcph::oauth {
namespace {

json::array to_array(const std::vector<std::string>& items) {
  json::array out;
  for (const auto& item : items) out.emplace_back(item);
  return out;
}

constexpr std::string_view kWellKnown = "/.well-known/oauth-protected-resource";

}  // namespace

json::object make_server_metadata(const Settings& settings) {
  const std::string& issuer = settings.issuer;
  json::object out;
  out["issuer"] = issuer;  // clients compare it byte by byte (RFC 8414 §3.3)
  out["authorization_endpoint"] = issuer + kAuthorizePath;
  out["token_endpoint"] = issuer + kTokenPath;
  if (settings.registration != Registration::kOff) {
    out["registration_endpoint"] = issuer + kRegisterPath;
  }
  out["revocation_endpoint"] = issuer + kRevokePath;
  out["introspection_endpoint"] = issuer + kIntrospectPath;
  out["pushed_authorization_request_endpoint"] = issuer + kPushPath;
  out["require_pushed_authorization_requests"] =
      false;  // some clients must: it is in their metadata
  out["response_types_supported"] = json::array{"code"};
  out["response_modes_supported"] = json::array{"query"};
  out["grant_types_supported"] = to_array({kGrantTypes.begin(), kGrantTypes.end()});
  const json::array methods{"none", "client_secret_basic", "client_secret_post", "private_key_jwt"};
  const json::array algorithms = to_array(assertion_algorithms());
  out["token_endpoint_auth_methods_supported"] = methods;
  out["token_endpoint_auth_signing_alg_values_supported"] = algorithms;
  out["revocation_endpoint_auth_methods_supported"] = methods;
  out["revocation_endpoint_auth_signing_alg_values_supported"] = algorithms;
  out["introspection_endpoint_auth_methods_supported"] =
      json::array{"client_secret_basic", "client_secret_post", "private_key_jwt"};
  out["introspection_endpoint_auth_signing_alg_values_supported"] = algorithms;
  out["code_challenge_methods_supported"] = json::array{"S256"};  // without it, clients refuse us
  out["dpop_signing_alg_values_supported"] = to_array(dpop_algorithms());
  if (settings.client_documents) out["client_id_metadata_document_supported"] = true;
  out["scopes_supported"] = to_array(names_of(settings.scopes));
  out["authorization_response_iss_parameter_supported"] = true;  // RFC 9207 §3
  return out;
}

json::object make_resource_metadata(const Settings& settings) {
  json::object out;
  out["resource"] = settings.resource;
  out["authorization_servers"] =
      json::array{settings.token_issuer.empty() ? settings.issuer : settings.token_issuer};
  if (!settings.scopes.empty()) out["scopes_supported"] = to_array(names_of(settings.scopes));
  out["bearer_methods_supported"] = json::array{"header"};
  out["dpop_signing_alg_values_supported"] = to_array(dpop_algorithms());
  if (!settings.resource_name.empty()) out["resource_name"] = settings.resource_name;
  return out;
}

std::string resource_metadata_path(const Settings& settings) {
  const auto url = parse_url(settings.resource);
  std::string path(kWellKnown);
  if (url.ok() && url->path != "/") path += url->path;
  return path;
}

std::string resource_metadata_url(const Settings& settings) {
  return settings.issuer + resource_metadata_path(settings);
}

}  // namespace mcph::oauth
