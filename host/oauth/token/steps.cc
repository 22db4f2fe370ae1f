#include "oauth/token/steps.h"

#include <span>

#include "oauth/audit_event.h"
#include "oauth/grant_types.h"
#include "oauth/scope.h"

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
    AuditEvent event =
        make_client_event(audit_types::kTokenRefused, exchange.http, exchange.client.id);
    event.outcome = AuditOutcome::kRefused;
    event.details = {{"step", step.name}, {"error", refusal->error}};
    exchange.parts.audit.note(std::move(event));
    return refusal;
  }
  return std::nullopt;
}

// A token that nobody will hear of is no secret lost; one that nobody wrote down is. So it is
// recorded before the answer goes out.
void record_issued(const TokenExchange& exchange, std::string_view grant_type) {
  std::string_view type = audit_types::kCodeRedeemed;
  GrantId grant = exchange.code.grant;
  if (grant_type == "refresh_token") {
    type = audit_types::kTokenRefreshed;
    grant = exchange.refresh_token.grant;
  } else if (grant_type == kTokenExchangeGrant) {
    type = audit_types::kTokenExchanged;
    grant = exchange.subject_token.caller.grant;
  }
  AuditEvent event = make_client_event(type, exchange.http, exchange.client.id);
  event.grant = std::move(grant);
  event.details = {{"scope", join_scopes(exchange.scopes)}};
  if (!exchange.dpop_jkt.empty()) event.details.push_back({"jkt", exchange.dpop_jkt});
  exchange.parts.audit.record(std::move(event));
}

}  // namespace

Verdict run_token_steps(TokenExchange& exchange) {
  if (auto refusal = run(kCommon, exchange)) return refusal;
  const std::string_view grant_type = *exchange.parameters.find("grant_type");
  if (auto refusal = run(steps_of(grant_type), exchange)) return refusal;
  record_issued(exchange, grant_type);
  return std::nullopt;
}

}  // namespace mcph::oauth
