// The gate that asks for an access token: Authorization header in, caller or refusal out (RFC
// 6750). A token that is bound to a key comes with a proof (RFC 9449 §7), which is checked in
// look_up(). What is refused counts against the address it came from (429 in the end), what is
// admitted counts nowhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/executor.h"
#include "http/gate.h"
#include "oauth/access_token_verifier.h"
#include "oauth/budget/budgets.h"
#include "oauth/challenge.h"
#include "oauth/dpop/proof.h"
#include "observability/log.h"

namespace mcph::http {

class BearerGate final : public Gate {
 public:
  // Watches ask again on the executor. `resource` is the address that proofs are made for.
  BearerGate(oauth::AccessTokenVerifier& verifier, const oauth::DpopVerifier& dpop,
             std::string resource, oauth::Challenge challenge, const oauth::Budgets& budgets,
             Executor& executor, const Log& log);

  GateOutcome check(const Request& request) const override;
  GateOutcome look_up(const Request& request, std::string_view token) const override;
  mcp::StreamAccess watch(const Request& request) const override;
  // 403 for a caller who lacks some of `scopes`, which are all that the operation needs.
  Response make_insufficient_scope(const std::vector<std::string>& scopes) const;

 private:
  GateOutcome find_admission(const Request& request) const;
  GateOutcome load_admission(const Request& request, std::string_view token) const;
  GateOutcome count(const Request& request, GateOutcome outcome) const;
  GateOutcome refuse(int status, std::string challenge, std::string_view error,
                     std::string_view description) const;
  GateOutcome refuse_unproven(std::string_view error, std::string_view description) const;
  GateOutcome check_proof(const Request& request, std::string_view token, CallerPtr caller,
                          const std::string& jkt) const;
  GateOutcome try_again(const Error& error) const;

  oauth::AccessTokenVerifier& verifier_;
  const oauth::DpopVerifier& dpop_;
  const std::string resource_;
  const oauth::Challenge challenge_;
  const oauth::Budgets& budgets_;
  Executor& executor_;
  const Log& log_;
};

}  // namespace mcph::http
