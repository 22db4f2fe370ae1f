// The error catalogue of the RFCs. A Refusal is what an endpoint says instead of doing what it was
// asked; the functions below are the only places that spell error codes. Pure.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace mcph::oauth {

struct Refusal {
  std::string error;        // the code of the RFC
  std::string description;  // for developers; printable ASCII without '"' and '\' (RFC 6749 §5.2)
  int status = 400;         // where the answer is a document and not a redirect
  // At the authorization endpoint: whether the client may be told by redirect. Never before client
  // and redirect URI are known to belong together (RFC 6749 §4.1.2.1).
  bool may_redirect = true;
  std::string detail;      // only the log may read this
  std::string dpop_nonce;  // for the client's next proof (RFC 9449 §8)
  Seconds retry_after{};   // 0: nothing is said about it
};

// The outcome of a step: nothing means "go on".
using Verdict = std::optional<Refusal>;

namespace errors {

// RFC 6749 §4.1.2.1 and §5.2
Refusal invalid_request(std::string description);
Refusal invalid_client(std::string description);  // 401
Refusal invalid_grant(std::string description);
Refusal unauthorized_client(std::string description);
Refusal unsupported_grant_type();
Refusal unsupported_response_type();
Refusal invalid_scope(std::string description);
Refusal access_denied(std::string description);
Refusal server_error(std::string detail);             // 500
Refusal temporarily_unavailable(std::string detail);  // 503
Refusal too_many_requests(Seconds retry_after);       // 429, RFC 6585 §4
// RFC 9449 §5 and §8
Refusal invalid_dpop_proof(std::string description);
Refusal use_dpop_nonce(std::string nonce);
// RFC 8707 §2
Refusal invalid_target();
// RFC 7591 §3.2.2
Refusal invalid_client_metadata(std::string description);
Refusal invalid_redirect_uri(std::string description);
// OpenID Connect Core §3.1.2.6 (also for RFC 9101), RFC 9396 §5
Refusal request_not_supported();
Refusal request_uri_not_supported();
Refusal invalid_authorization_details();

// Shown to the user, never sent to the address in the request.
Refusal local(Refusal refusal);

// A store or the identity provider failed: 503 when trying again may help, else 500.
Refusal from(Error error);

}  // namespace errors
}  // namespace mcph::oauth
