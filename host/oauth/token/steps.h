// The checks of a token request (RFC 6749 §3.2) in their order: first what all requests share, then
// the steps of the grant type.
#pragma once

#include <optional>
#include <string>

#include "base/http_message.h"
#include "oauth/client.h"
#include "oauth/errors.h"
#include "oauth/parameters.h"
#include "oauth/parts.h"
#include "oauth/token/response.h"
#include "oauth/token_store.h"

namespace mcph::oauth {

// What the steps read and fill.
struct TokenExchange {
  const Parts& parts;
  const Request& http;
  Parameters parameters;
  Client client;
  std::string presented_hash;  // of the code or refresh token
  AuthorizationCode code;      // authorization_code
  RefreshToken refresh_token;  // refresh_token
  AccessToken subject_token;   // token exchange
  std::string dpop_jkt;        // the key the client has shown to hold; empty: none
  UnixTime grant_expires_at{};
  std::vector<std::string> scopes;  // of the new access token
  std::string answer;               // JSON body of the successful answer
};

Verdict run_token_steps(TokenExchange& exchange);

namespace token_steps {

Verdict parse_parameters(TokenExchange& exchange);
Verdict authenticate(TokenExchange& exchange);
Verdict check_grant_type(TokenExchange& exchange);
Verdict check_dpop(TokenExchange& exchange);  // RFC 9449 §5

// authorization_code, RFC 6749 §4.1.3
Verdict load_code(TokenExchange& exchange);
Verdict check_code_unused(TokenExchange& exchange);
Verdict check_redirect_uri(TokenExchange& exchange);
Verdict check_code_verifier(TokenExchange& exchange);
Verdict check_code_key(TokenExchange& exchange);
Verdict check_code_resource(TokenExchange& exchange);
Verdict load_grant(TokenExchange& exchange);
Verdict redeem_code(TokenExchange& exchange);

// refresh_token, RFC 6749 §6
Verdict load_refresh_token(TokenExchange& exchange);
Verdict check_refresh_key(TokenExchange& exchange);
Verdict check_refresh_resource(TokenExchange& exchange);
Verdict check_refresh_scope(TokenExchange& exchange);
Verdict rotate_refresh_token(TokenExchange& exchange);

// token exchange, RFC 8693 §2.1
Verdict check_exchange(TokenExchange& exchange);
Verdict load_subject_token(TokenExchange& exchange);
Verdict check_exchange_key(TokenExchange& exchange);
Verdict check_exchange_resource(TokenExchange& exchange);
Verdict check_exchange_scope(TokenExchange& exchange);
Verdict issue_exchanged_token(TokenExchange& exchange);

}  // namespace token_steps
}  // namespace mcph::oauth
