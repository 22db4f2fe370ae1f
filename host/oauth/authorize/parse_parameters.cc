#include "oauth/authorize/steps.h"

namespace mcph::oauth {

Verdict authorize_steps::parse_parameters(Authorize& authorize) {
  auto parameters = Parameters::parse(authorize.query);
  if (!parameters) return errors::local(errors::invalid_request("the query is malformed"));
  authorize.parameters = std::move(*parameters);
  return std::nullopt;
}

}  // namespace mcph::oauth
