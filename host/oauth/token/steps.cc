#include "oauth/token/steps.h"

#include <span>

#include "oauth/grant_types.h"

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
    {"check_dpop", token_steps::check_dpop},
};

// Everything that can be wrong is found before the code is used up.
constexpr Step kAuthorizationCode[] = {
    {"load_code", token_steps::load_code},
    {"check_code_unused", token_steps::check_code_unused},
    {"check_redirect_uri", token_steps::check_redirect_uri},
    {"check_code_verifier", token_steps::check_code_verifier},
    {"check_code_key", token_steps::check_code_key},
    {"check_code_resource", token_steps::check_code_resource},
    {"load_grant", token_steps::load_grant},
    {"redeem_code", token_steps::redeem_code},
};

constexpr Step kRefreshToken[] = {
    {"load_refresh_token", token_steps::load_refresh_token},
    {"check_refresh_key", token_steps::check_refresh_key},
    {"check_refresh_resource", token_steps::check_refresh_resource},
    {"check_refresh_scope", token_steps::check_refresh_scope},
    {"rotate_refresh_token", token_steps::rotate_refresh_token},
};

constexpr Step kTokenExchange[] = {
    {"check_exchange", token_steps::check_exchange},
    {"load_subject_token", token_steps::load_subject_token},
    {"check_exchange_key", token_steps::check_exchange_key},
    {"check_exchange_resource", token_steps::check_exchange_resource},
    {"check_exchange_scope", token_steps::check_exchange_scope},
    {"issue_exchanged_token", token_steps::issue_exchanged_token},
};

// The steps behind the common ones, which have checked that the grant type is one of these.
std::span<const Step> steps_of(std::string_view grant_type) {
  if (grant_type == "refresh_token") return kRefreshToken;
  if (grant_type == kTokenExchangeGrant) return kTokenExchange;
  return kAuthorizationCode;
}

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
  return run(steps_of(*exchange.parameters.find("grant_type")), exchange);
}

}  // namespace mcph::oauth
