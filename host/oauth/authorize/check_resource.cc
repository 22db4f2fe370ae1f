#include "oauth/authorize/steps.h"
#include "oauth/resource.h"

namespace mcph::oauth {

Verdict authorize_steps::check_resource(Authorize& authorize) {
  const std::string& canonical = authorize.parts.settings.resource;
  if (auto refusal = check_resources(authorize.parameters, canonical)) return refusal;
  authorize.request.resource = canonical;
  return std::nullopt;
}

}  // namespace mcph::oauth
