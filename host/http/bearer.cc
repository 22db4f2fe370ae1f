#include "http/bearer.h"

#include <algorithm>
#include <utility>

#include "base/secret.h"
#include "mcp/rejection.h"
#include "mcp/reply.h"
#include "oauth/token_format.h"

namespace mcph::http {
namespace {

constexpr std::string_view kInvalidToken = "the access token is missing, expired or revoked";
constexpr std::string_view kUnproven =
    "the access token must come with the DPoP scheme and a proof";

// RFC 6750 §2.1: b64token, without the rule about where '=' may stand.
bool is_token_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~+/=").find(c) != std::string_view::npos;
  });
}

struct Credentials {
  std::string_view token;  // empty: another scheme
  bool with_proof = false;
};

std::string_view behind(std::string_view authorization, std::string_view scheme) noexcept {
  if (!iequals(authorization.substr(0, scheme.size()), scheme)) return {};
  authorization.remove_prefix(scheme.size());
  if (!authorization.starts_with(' ')) return {};
  while (authorization.starts_with(' ')) authorization.remove_prefix(1);
  while (authorization.ends_with(' ')) authorization.remove_suffix(1);
  return authorization;
}

Credentials credentials_of(const Request& request) noexcept {
  const auto header = request.headers.find("authorization");
  if (!header) return {};
  if (const auto token = behind(*header, "Bearer"); !token.empty()) return {token, false};
  return {behind(*header, "DPoP"), true};
}

Response make_refusal(int status, std::string_view error, std::string_view description) {
  std::string body = R"({"error":")";
  body.append(error).append(R"(","error_description":")").append(description).append("\"}");
  return make_json_response(status, std::move(body));
}

GateOutcome refuse_too_many(const oauth::Refusal& refusal) {
  mcp::Rejection rejection = mcp::rejections::bad_http_request(429, "Too many refused requests");
  rejection.retry_after_s = static_cast<int>(refusal.retry_after.count());
  GateOutcome outcome;
  outcome.refusal = mcp::make_rejection_response({}, rejection);
  return outcome;
}

}  // namespace

BearerGate::BearerGate(oauth::AccessTokenVerifier& verifier, const oauth::DpopVerifier& dpop,
                       std::string resource, oauth::Challenge challenge,
                       const oauth::Budgets& budgets, Executor& executor, const Log& log)
    : verifier_(verifier),
      dpop_(dpop),
      resource_(std::move(resource)),
      challenge_(std::move(challenge)),
      budgets_(budgets),
      executor_(executor),
      log_(log) {}

GateOutcome BearerGate::refuse(int status, std::string challenge, std::string_view error,
                               std::string_view description) const {
  GateOutcome outcome;
  outcome.refusal = make_refusal(status, error, description);
  outcome.refusal.headers.add("WWW-Authenticate", challenge);
  return outcome;
}

GateOutcome BearerGate::refuse_unproven(std::string_view error,
                                        std::string_view description) const {
  GateOutcome outcome = refuse(401, challenge_.dpop(error, description), error, description);
  if (error == "use_dpop_nonce") outcome.refusal.headers.add("DPoP-Nonce", dpop_.make_nonce());
  return outcome;
}

// Not a 401: the client would throw a good token away.
GateOutcome BearerGate::try_again(const Error& error) const {
  log_.failure(LogLevel::kError, "bearer.lookup_failed", error);
  GateOutcome outcome;
  outcome.refusal = make_refusal(503, "temporarily_unavailable", "please try again");
  outcome.refusal.headers.add("Retry-After", "1");
  return outcome;
}

// Threat 26: whoever has no token costs less and less.
GateOutcome BearerGate::count(const Request& request, GateOutcome outcome) const {
  if (outcome.kind != GateOutcome::Kind::kRefused || outcome.refusal.status >= 500) return outcome;
  const auto spent = budgets_.take_for_address(oauth::Budget::kMcpRefusals, request.peer);
  return spent ? refuse_too_many(*spent) : std::move(outcome);
}

GateOutcome BearerGate::check(const Request& request) const {
  GateOutcome outcome = find_admission(request);
  if (outcome.kind != GateOutcome::Kind::kRefused) return outcome;
  return count(request, std::move(outcome));
}

GateOutcome BearerGate::look_up(const Request& request, std::string_view token) const {
  return count(request, load_admission(request, token));
}

GateOutcome BearerGate::find_admission(const Request& request) const {
  if (request.headers.count("authorization") > 1) {
    constexpr std::string_view why = "more than one Authorization header";
    return refuse(400, challenge_.malformed(why), "invalid_request", why);
  }
  const auto [token, with_proof] = credentials_of(request);
  if (token.empty()) {
    return refuse(401, challenge_.token_required(), "invalid_token", "an access token is required");
  }
  if (!is_token_text(token)) {
    constexpr std::string_view why = "the Authorization header is malformed";
    return refuse(400, challenge_.malformed(why), "invalid_request", why);
  }
  if (!with_proof) {
    auto verified = verifier_.find_cached(token);
    if (verified.caller != nullptr) {
      if (verified.dpop_jkt != nullptr) return refuse_unproven("invalid_token", kUnproven);
      return {GateOutcome::Kind::kAdmitted, std::move(verified.caller), {}, {}};
    }
  }
  if (!verifier_.may_be_live(token)) {
    return refuse(401, challenge_.invalid_token(kInvalidToken), "invalid_token", kInvalidToken);
  }
  return {GateOutcome::Kind::kLookUp, nullptr, std::string(token), {}};
}

GateOutcome BearerGate::load_admission(const Request& request, std::string_view token) const {
  // A token that was found dead again and again is not looked up for a while: its tag is right, so
  // each look-up would cost a statement.
  const std::string hash = oauth::hash_token(token);
  if (const auto spent = budgets_.check(oauth::Budget::kDeadToken, hash)) {
    return refuse_too_many(*spent);
  }
  auto verified = Result<oauth::AccessTokenVerifier::Verified>(verifier_.find_cached(token));
  if (verified->caller == nullptr) verified = verifier_.verify(token);
  if (!verified.ok()) {
    if (verified.error().code != Code::kUnauthorized) return try_again(verified.error());
    (void)budgets_.take(oauth::Budget::kDeadToken, hash);
    return refuse(401, challenge_.invalid_token(kInvalidToken), "invalid_token", kInvalidToken);
  }
  const bool with_proof = credentials_of(request).with_proof;
  if (verified->dpop_jkt == nullptr) {
    // RFC 9449 §7.1: a bearer token gains nothing by a proof, and whoever sends one believes so.
    if (with_proof) return refuse_unproven("invalid_token", "the token is not bound to a key");
    return {GateOutcome::Kind::kAdmitted, std::move(verified->caller), {}, {}};
  }
  // §7.2: a stolen token must not be of use as a bearer.
  if (!with_proof) return refuse_unproven("invalid_token", kUnproven);
  return check_proof(request, token, std::move(verified->caller), *verified->dpop_jkt);
}

GateOutcome BearerGate::check_proof(const Request& request, std::string_view token,
                                    CallerPtr caller, const std::string& jkt) const {
  const auto outcome = dpop_.check(request, resource_, token);
  using Kind = oauth::DpopOutcome::Kind;
  switch (outcome.kind) {
    case Kind::kProven:
      if (outcome.jkt != jkt) return refuse_unproven("invalid_token", "the token has another key");
      return {GateOutcome::Kind::kAdmitted, std::move(caller), {}, {}};
    case Kind::kAbsent:
      return refuse_unproven("invalid_dpop_proof", "a DPoP proof is required");
    case Kind::kInvalid:
      return refuse_unproven("invalid_dpop_proof", outcome.why);
    case Kind::kNonceNeeded:
      return refuse_unproven("use_dpop_nonce", outcome.why);
    case Kind::kUnavailable:
      break;
  }
  return try_again(Error{Code::kUnavailable, outcome.why, {}});
}

mcp::StreamAccess BearerGate::watch(const Request& request) const {
  const std::string_view token = credentials_of(request).token;
  return {oauth::hash_token(token),
          [this, token = Secret(std::string(token))](std::function<void(bool)> report) {
            if (verifier_.find_cached(token.reveal()) != nullptr) return report(true);
            // A full executor or an absent database says nothing about the token: it is asked again
            // later.
            (void)executor_.submit([this, token, report = std::move(report)] {
              const auto verified = verifier_.verify(token.reveal());
              report(verified.ok() || verified.error().code != Code::kUnauthorized);
            });
          }};
}

Response BearerGate::make_insufficient_scope(const std::vector<std::string>& scopes) const {
  Response response =
      make_refusal(403, "insufficient_scope", "the access token does not reach this far");
  response.headers.add("WWW-Authenticate", challenge_.insufficient_scope(scopes));
  return response;
}

}  // namespace mcph::http
