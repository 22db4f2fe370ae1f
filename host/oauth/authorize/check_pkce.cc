#include "oauth/authorize/steps.h"
#include "oauth/pkce.h"

namespace mcph::oauth {

// RFC 7636 §4.4.1, RFC 9700 §2.1.1: for every client. A missing method would mean `plain`.
Verdict authorize_steps::check_pkce(Authorize& authorize) {
  const auto challenge = authorize.parameters.find("code_challenge");
  if (!challenge) return errors::invalid_request("code_challenge is missing");
  if (authorize.parameters.find("code_challenge_method").value_or("plain") != "S256") {
    return errors::invalid_request("code_challenge_method must be S256");
  }
  if (!is_code_challenge(*challenge)) {
    return errors::invalid_request("code_challenge is not the base64url of a SHA-256 digest");
  }
  authorize.request.code_challenge = std::string(*challenge);
  return std::nullopt;
}

}  // namespace mcph::oauth
