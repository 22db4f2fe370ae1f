#include "oauth/token/steps.h"

#include <span>

namespace mcph::oauth {
namespace {

struct Step {
  const char* name;
  Verdict (*run)(TokenExchange&);
};

constexpr Step kCommon[] = {
    {"parse_parameters", token_steps::parse_parameters},
    {"authenticate", token_steps::authenticate},
    {"check_grant_type", token_steps::check_grant_type},
};

// Everything that can be wrong is found before the code is used up.
constexpr Step kAuthorizationCode[] = {
    {"load_code", token_steps::load_code},
    {"check_code_unused", token_steps::check_code_unused},
    {"check_redirect_uri", token_steps::check_redirect_uri},
    {"check_code_verifier", token_steps::check_code_verifier},
    {"check_code_resource", token_steps::check_code_resource},
    {"load_grant", token_steps::load_grant},
    {"redeem_code", token_steps::redeem_code},
};

constexpr Step kRefreshToken[] = {
    {"load_refresh_token", token_steps::load_refresh_token},
    {"check_refresh_resource", token_steps::check_refresh_resource},
    {"check_refresh_scope", token_steps::check_refresh_scope},
    {"rotate_refresh_token", token_steps::rotate_refresh_token},
};

Verdict run(std::span<const Step> steps, TokenExchange& exchange) {
  for (const Step& step : steps) {
    auto refusal = step.run(exchange);
    if (!refusal) continue;
    exchange.parts.log.info("token.refused", {{"step", step.name},
                                              {"error", refusal->error},
                                              {"why", refusal->description},
                                              {"client", exchange.client.id.str()},
                                              {"detail", refusal->detail}});
    return refusal;
  }
  return std::nullopt;
}

}  // namespace

Verdict run_token_steps(TokenExchange& exchange) {
  if (auto refusal = run(kCommon, exchange)) return refusal;
  return exchange.parameters.find("grant_type") == "refresh_token"
             ? run(kRefreshToken, exchange)
             : run(kAuthorizationCode, exchange);
}

}  // namespace mcph::oauth
