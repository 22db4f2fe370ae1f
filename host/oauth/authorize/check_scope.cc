#include "oauth/authorize/steps.h"
#include "oauth/scope.h"

namespace mcph::oauth {

// RFC 6749 §3.3: what is granted may be less than what was asked. Unknown words are left out, since
// deployed clients ask for openid or offline_access out of habit; nothing known left is an error.
Verdict authorize_steps::check_scope(Authorize& authorize) {
  const auto offered = offered_scopes(authorize.parts.settings, authorize.client);
  const auto asked = authorize.parameters.find("scope");
  if (!asked) {
    authorize.request.scopes = intersect_scopes(initial_scopes(authorize.parts.settings), offered);
    if (authorize.request.scopes.empty()) authorize.request.scopes = offered;
    return std::nullopt;
  }
  const auto words = parse_scope(*asked);
  if (!words) return errors::invalid_scope("scope has a character that is not allowed");
  authorize.request.scopes = intersect_scopes(*words, offered);
  if (authorize.request.scopes.empty() && !offered.empty()) {
    return errors::invalid_scope("none of the scopes is offered to this client");
  }
  return std::nullopt;
}

}  // namespace mcph::oauth
