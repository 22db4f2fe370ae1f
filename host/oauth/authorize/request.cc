#include "oauth/authorize/request.h"

#include "oauth/scope.h"

namespace mcph::oauth {

json::object to_object(const AuthorizeRequest& request) {
  json::object out;
  out["client"] = request.client.str();
  out["redirect_uri"] = request.redirect_uri;
  out["redirect_uri_given"] = request.redirect_uri_given;
  out["state"] = request.state;
  out["scope"] = join_scopes(request.scopes);
  out["resource"] = request.resource;
  out["code_challenge"] = request.code_challenge;
  if (!request.dpop_jkt.empty()) out["dpop_jkt"] = request.dpop_jkt;
  return out;
}

std::optional<AuthorizeRequest> from_object(const json::object& object) {
  const auto client = find_string(object, "client");
  const auto redirect_uri = find_string(object, "redirect_uri");
  const auto given = find_bool(object, "redirect_uri_given");
  const auto state = find_string(object, "state");
  const auto scope = find_string(object, "scope");
  const auto resource = find_string(object, "resource");
  const auto challenge = find_string(object, "code_challenge");
  if (!client || !redirect_uri || !given || !state || !scope || !resource || !challenge) {
    return std::nullopt;
  }
  auto scopes = parse_scope(*scope);
  if (!scopes) return std::nullopt;
  return AuthorizeRequest{ClientId{std::string(*client)},
                          std::string(*redirect_uri),
                          *given,
                          std::string(*state),
                          std::move(*scopes),
                          std::string(*resource),
                          std::string(*challenge),
                          std::string(find_string(object, "dpop_jkt").value_or(""))};
}

}  // namespace mcph::oauth
