#include <algorithm>

#include "oauth/authorize/steps.h"

namespace mcph::oauth {

Verdict authorize_steps::check_response_type(Authorize& authorize) {
  const auto& grants = authorize.client.grant_types;
  if (std::find(grants.begin(), grants.end(), "authorization_code") == grants.end()) {
    return errors::unauthorized_client("the client may not use the authorization code grant");
  }
  const auto type = authorize.parameters.find("response_type");
  if (!type) return errors::invalid_request("response_type is missing");
  if (*type != "code") return errors::unsupported_response_type();
  const auto mode = authorize.parameters.find("response_mode");
  if (mode && *mode != "query") return errors::invalid_request("response_mode must be query");
  return std::nullopt;
}

}  // namespace mcph::oauth
