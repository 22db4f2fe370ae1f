// The door of the protected resource: Authorization header in, caller or refusal out (RFC 6750).
// Thread-safe.
//
// On a transport thread: check(). It answers most requests without I/O; kLookUp means that the
// token has to be looked up, by look_up() on an executor.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/caller.h"
#include "base/http_message.h"
#include "oauth/access_token_verifier.h"
#include "oauth/challenge.h"
#include "observability/log.h"

namespace mcph::http {

struct BearerOutcome {
  enum class Kind {
    kAdmitted,  // `caller`
    kLookUp,    // `token`
    kRefused,   // `refusal`, complete: 400, 401 or 503
  };
  Kind kind = Kind::kRefused;
  CallerPtr caller;
  std::string token;
  Response refusal;
};

class BearerGate {
 public:
  BearerGate(oauth::AccessTokenVerifier& verifier, oauth::Challenge challenge, const Log& log);

  // The credentials of the request's Bearer scheme, or empty. A view into the request.
  static std::string_view token_of(const Request& request) noexcept;
  // No I/O.
  BearerOutcome check(const Request& request) const;
  // Blocks; never kLookUp.
  BearerOutcome look_up(std::string_view token) const;
  // 403 for a caller who lacks some of `scopes`, which are all that the operation needs.
  Response make_insufficient_scope(const std::vector<std::string>& scopes) const;

 private:
  BearerOutcome refuse(int status, std::string challenge, std::string_view error,
                   std::string_view description) const;

  oauth::AccessTokenVerifier& verifier_;
  const oauth::Challenge challenge_;
  const Log& log_;
};

}  // namespace mcph::http
