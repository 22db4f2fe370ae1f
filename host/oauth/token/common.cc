// The steps every token request takes.
#include <algorithm>

#include "oauth/form_body.h"
#include "oauth/grant_types.h"
#include "oauth/token/client_authentication.h"
#include "oauth/token/steps.h"

namespace mcph::oauth::token_steps {

Verdict parse_parameters(TokenExchange& exchange) {
  auto parsed = parse_form_body(exchange.http);
  if (auto* refusal = std::get_if<Refusal>(&parsed)) return std::move(*refusal);
  exchange.parameters = std::get<Parameters>(std::move(parsed));
  return std::nullopt;
}

Verdict authenticate(TokenExchange& exchange) {
  auto outcome = authenticate_client(exchange.parts, exchange.http, exchange.parameters);
  if (auto* refusal = std::get_if<Refusal>(&outcome)) return std::move(*refusal);
  exchange.client = std::get<Client>(std::move(outcome));
  return std::nullopt;
}

Verdict check_grant_type(TokenExchange& exchange) {
  const auto type = exchange.parameters.find("grant_type");
  if (!type) return errors::invalid_request("grant_type is missing");
  if (!is_grant_type(*type)) return errors::unsupported_grant_type();
  const auto& allowed = exchange.client.grant_types;
  if (std::find(allowed.begin(), allowed.end(), *type) == allowed.end()) {
    return errors::unauthorized_client("the client may not use this grant type");
  }
  return std::nullopt;
}

}  // namespace mcph::oauth::token_steps
