#include "oauth/authorize/steps.h"

#include <span>

namespace mcph::oauth {
namespace {

struct Step {
  const char* name;
  Verdict (*run)(Authorize&);
};

// Whose request it is, and what it says.
constexpr Step kLoad[] = {
    {"parse_parameters", authorize_steps::parse_parameters},
    {"load_client", authorize_steps::load_client},
    {"load_pushed_request", authorize_steps::load_pushed_request},
};

constexpr Step kCheck[] = {
    {"check_redirect_uri", authorize_steps::check_redirect_uri},
    // From here on the client may be told by redirect.
    {"check_repeated", authorize_steps::check_repeated},
    {"check_pushed", authorize_steps::check_pushed},
    {"check_request_object", authorize_steps::check_request_object},
    {"check_response_type", authorize_steps::check_response_type},
    {"check_pkce", authorize_steps::check_pkce},
    {"check_dpop_key", authorize_steps::check_dpop_key},
    {"check_resource", authorize_steps::check_resource},
    {"check_scope", authorize_steps::check_scope},
};

Verdict run(std::span<const Step> steps, Authorize& authorize) {
  for (const Step& step : steps) {
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

}  // namespace

Verdict check_authorize_request(Authorize& authorize) {
  if (auto refusal = run(kLoad, authorize)) return refusal;
  return run(kCheck, authorize);
}

Verdict check_authorize_parameters(Authorize& authorize) {
  return run(kCheck, authorize);
}

}  // namespace mcph::oauth
