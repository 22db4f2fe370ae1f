#include "oauth/authorize/steps.h"
#include "oauth/redirect_uri.h"

namespace mcph::oauth {

Verdict authorize_steps::check_redirect_uri(Authorize& authorize) {
  if (authorize.parameters.is_repeated("redirect_uri")) {
    return errors::local(errors::invalid_request("redirect_uri is there twice"));
  }
  const auto uri = authorize.parameters.find("redirect_uri");
  if (!uri) {
    // RFC 6749 §3.1.2.3: it may be left out only if there is no choice.
    if (authorize.client.redirect_uris.size() != 1) {
      return errors::local(errors::invalid_request("redirect_uri is missing"));
    }
    authorize.request.redirect_uri = authorize.client.redirect_uris.front();
  } else {
    // RFC 9700 §4.1.3
    if (!is_registered_redirect(authorize.client, *uri)) {
      return errors::local(
          errors::invalid_request("redirect_uri is not registered for the client"));
    }
    authorize.request.redirect_uri = std::string(*uri);
    authorize.request.redirect_uri_given = true;
  }
  // Echoed in every answer from here on, errors too (RFC 6749 §4.1.2.1).
  authorize.request.state = std::string(authorize.parameters.find("state").value_or(""));
  return std::nullopt;
}

}  // namespace mcph::oauth
