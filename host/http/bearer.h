// The gate that asks for an access token: Authorization header in, caller or refusal out (RFC
// 6750).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/executor.h"
#include "http/gate.h"
#include "oauth/access_token_verifier.h"
#include "oauth/challenge.h"
#include "observability/log.h"

namespace mcph::http {

class BearerGate final : public Gate {
 public:
  // Watches ask again on the executor.
  BearerGate(oauth::AccessTokenVerifier& verifier, oauth::Challenge challenge, Executor& executor,
             const Log& log);

  GateOutcome check(const Request& request) const override;
  GateOutcome look_up(std::string_view token) const override;
  Watch watch(const Request& request) const override;
  // 403 for a caller who lacks some of `scopes`, which are all that the operation needs.
  Response make_insufficient_scope(const std::vector<std::string>& scopes) const;

 private:
  // The credentials of the request's Bearer scheme, or empty. A view into the request.
  static std::string_view token_of(const Request& request) noexcept;
  GateOutcome refuse(int status, std::string challenge, std::string_view error,
                     std::string_view description) const;

  oauth::AccessTokenVerifier& verifier_;
  const oauth::Challenge challenge_;
  Executor& executor_;
  const Log& log_;
};

}  // namespace mcph::http
