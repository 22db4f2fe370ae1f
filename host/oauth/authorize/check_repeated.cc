#include "oauth/authorize/steps.h"

namespace mcph::oauth {

Verdict authorize_steps::check_repeated(Authorize& authorize) {
  // RFC 6749 §3.1
  if (!authorize.parameters.has_repeated()) return std::nullopt;
  // Which of two states would be the client's? None is echoed.
  if (authorize.parameters.is_repeated("state")) authorize.request.state.clear();
  return errors::invalid_request("a parameter is there twice");
}

}  // namespace mcph::oauth
