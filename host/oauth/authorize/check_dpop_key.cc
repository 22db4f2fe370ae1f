#include "oauth/authorize/steps.h"
#include "oauth/dpop/proof.h"

namespace mcph::oauth {

// RFC 9449 §10: the code will only be redeemed by who holds that key.
Verdict authorize_steps::check_dpop_key(Authorize& authorize) {
  const auto thumbprint = authorize.parameters.find("dpop_jkt");
  if (!thumbprint) return std::nullopt;
  if (!is_key_thumbprint(*thumbprint)) {
    return errors::invalid_request("dpop_jkt is not the thumbprint of a key");
  }
  authorize.request.dpop_jkt = std::string(*thumbprint);
  return std::nullopt;
}

}  // namespace mcph::oauth
