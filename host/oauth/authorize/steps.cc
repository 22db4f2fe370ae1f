#include "oauth/authorize/steps.h"

namespace mcph::oauth {
namespace {

struct Step {
  const char* name;
  Verdict (*run)(Authorize&);
};

constexpr Step kSteps[] = {
    {"parse_parameters", authorize_steps::parse_parameters},
    {"load_client", authorize_steps::load_client},
    {"check_redirect_uri", authorize_steps::check_redirect_uri},
    // From here on the client may be told by redirect.
    {"check_repeated", authorize_steps::check_repeated},
    {"check_request_object", authorize_steps::check_request_object},
    {"check_response_type", authorize_steps::check_response_type},
    {"check_pkce", authorize_steps::check_pkce},
    {"check_resource", authorize_steps::check_resource},
    {"check_scope", authorize_steps::check_scope},
};

}  // namespace

Verdict check_authorize_request(Authorize& authorize) {
  for (const Step& step : kSteps) {
    auto refusal = step.run(authorize);
    if (!refusal) continue;
    authorize.parts.log.info("authorize.refused", {{"step", step.name},
                                                   {"error", refusal->error},
                                                   {"why", refusal->description},
                                                   {"client", authorize.client.id.str()},
                                                   {"detail", refusal->detail}});
    return refusal;
  }
  return std::nullopt;
}

}  // namespace mcph::oauth
