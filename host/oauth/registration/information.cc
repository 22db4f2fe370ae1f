#include "oauth/registration/information.h"

#include "base/encoding.h"
#include "oauth/endpoints.h"
#include "oauth/scope.h"

namespace mcph::oauth {
namespace {

json::array to_array(const std::vector<std::string>& items) {
  json::array out;
  for (const auto& item : items) out.emplace_back(item);
  return out;
}

}  // namespace

// Members without a value are left out: deployed clients refuse null.
json::object make_client_information(const Settings& settings, const Client& client,
                                     std::string_view secret, std::string_view registration_token) {
  json::object out;
  out["client_id"] = client.id.str();
  out["client_id_issued_at"] = to_unix(client.created_at);
  if (!secret.empty()) {
    out["client_secret"] = secret;
    out["client_secret_expires_at"] = 0;  // never
  }
  if (!registration_token.empty()) {
    out["registration_access_token"] = registration_token;
    out["registration_client_uri"] =
        settings.issuer + kRegisterPath + "/" + to_percent(client.id.str());
  }
  if (!client.name.empty()) out["client_name"] = client.name;
  if (!client.client_uri.empty()) out["client_uri"] = client.client_uri;
  out["redirect_uris"] = to_array(client.redirect_uris);
  out["grant_types"] = to_array(client.grant_types);
  out["response_types"] = json::array{"code"};
  out["token_endpoint_auth_method"] = to_string(client.auth_method);
  if (!client.jwks.empty()) out["jwks"] = parse_json(client.jwks).value();
  out["application_type"] = client.application_type;
  if (client.require_pushed_requests) out["require_pushed_authorization_requests"] = true;
  if (client.dpop_bound) out["dpop_bound_access_tokens"] = true;
  const auto scopes = offered_scopes(settings, client);
  if (!scopes.empty()) out["scope"] = join_scopes(scopes);
  return out;
}

}  // namespace mcph::oauth
