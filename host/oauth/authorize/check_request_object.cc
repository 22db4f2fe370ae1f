#include "oauth/authorize/steps.h"

namespace mcph::oauth {

// Ignoring these would grant something else than the client asked for.
Verdict authorize_steps::check_request_object(Authorize& authorize) {
  const Parameters& parameters = authorize.parameters;
  if (parameters.find("request")) return errors::request_not_supported();
  if (parameters.find("request_uri")) return errors::request_uri_not_supported();
  // RFC 9396 §5
  if (parameters.find("authorization_details")) return errors::invalid_authorization_details();
  return std::nullopt;
}

}  // namespace mcph::oauth
