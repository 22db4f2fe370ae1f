// The provider's token endpoint: redeems codes and refresh tokens (RFC 6749 §4.1.3, §6), as the
// client that client_authentication.h describes. Thread-safe, blocking.
//
// A failure says what it means for the tokens at hand. No answer of the provider's is passed on in
// words: only its error code and correlation id are kept, for the log.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "base/encoding.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"
#include "federation/authenticated_post.h"
#include "federation/discovery.h"
#include "federation/provider.h"
#include "net/http_client.h"

namespace mcph::federation {

struct TokenResponse {
  Secret access_token;
  Secret refresh_token;              // empty: none was given
  Secret id_token;                   // empty: none was given
  std::optional<std::string> scope;  // when the response names it
  Seconds lifetime{};
};

struct TokenFailure {
  enum class Kind {
    kInvalidGrant,   // the code or refresh token is dead
    kInvalidClient,  // we are not who we say; nothing is wrong with the token
    kRefused,        // any other refusal
    kBusy,           // 429 or 5xx: the request was not carried out
    kUnreachable,    // no connection or no answer: it may have been carried out
    kGarbled,        // an answer nobody can read: it may have been carried out
  };
  Kind kind = Kind::kRefused;
  std::optional<Seconds> retry_after;
  std::string detail;  // for the log
};

const char* to_string(TokenFailure::Kind kind) noexcept;

using TokenOutcome = std::variant<TokenResponse, TokenFailure>;

class TokenEndpoint {
 public:
  TokenEndpoint(const Provider& provider, Discovery& discovery, AuthenticatedPost& post);

  TokenOutcome redeem_code(const std::string& code, const Secret& code_verifier);
  TokenOutcome refresh(const Secret& refresh_token, std::int64_t timeout_ms);
  // RFC 8693: an access token for another API, in the name of the same user.
  TokenOutcome exchange(const Secret& access_token, const std::string& audience,
                        const std::string& scope);

 private:
  TokenOutcome ask(const std::string& endpoint, FormFields form, std::int64_t timeout_ms);

  const Provider& provider_;
  Discovery& discovery_;
  AuthenticatedPost& post_;
};

// Pure: what an answer means.
TokenOutcome read_token_answer(const net::HttpResponse& response);
// What an answer that is no success means; the same for every endpoint that takes our forms.
TokenFailure read_failure(const net::HttpResponse& response);
// RFC 9110 §10.2.3, in seconds; nothing when it does not say.
std::optional<Seconds> read_retry_after(const net::HttpResponse& response);
// What it means that there was no answer.
TokenFailure read_failure(const Error& error);

}  // namespace mcph::federation
