#include "http/bearer.h"

#include <algorithm>
#include <utility>

#include "base/secret.h"
#include "oauth/token_format.h"

namespace mcph::http {
namespace {

constexpr std::string_view kInvalidToken = "the access token is missing, expired or revoked";

// RFC 6750 §2.1: b64token, without the rule about where '=' may stand.
bool is_token_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~+/=").find(c) != std::string_view::npos;
  });
}

// The credentials behind "Bearer", or empty for another scheme.
std::string_view bearer_of(std::string_view authorization) noexcept {
  constexpr std::string_view scheme = "Bearer";
  if (!iequals(authorization.substr(0, scheme.size()), scheme)) return {};
  authorization.remove_prefix(scheme.size());
  if (!authorization.starts_with(' ')) return {};
  while (authorization.starts_with(' ')) authorization.remove_prefix(1);
  while (authorization.ends_with(' ')) authorization.remove_suffix(1);
  return authorization;
}

Response make_refusal(int status, std::string_view error, std::string_view description) {
  std::string body = R"({"error":")";
  body.append(error).append(R"(","error_description":")").append(description).append("\"}");
  return make_json_response(status, std::move(body));
}

}  // namespace

BearerGate::BearerGate(oauth::AccessTokenVerifier& verifier, oauth::Challenge challenge,
                       Executor& executor, const Log& log)
    : verifier_(verifier), challenge_(std::move(challenge)), executor_(executor), log_(log) {}

GateOutcome BearerGate::refuse(int status, std::string challenge, std::string_view error,
                               std::string_view description) const {
  GateOutcome outcome;
  outcome.refusal = make_refusal(status, error, description);
  outcome.refusal.headers.add("WWW-Authenticate", challenge);
  return outcome;
}

std::string_view BearerGate::token_of(const Request& request) noexcept {
  const auto header = request.headers.find("authorization");
  return header ? bearer_of(*header) : std::string_view{};
}

GateOutcome BearerGate::check(const Request& request) const {
  const auto header = request.headers.find("authorization");
  if (header && request.headers.count("authorization") > 1) {
    constexpr std::string_view why = "more than one Authorization header";
    return refuse(400, challenge_.malformed(why), "invalid_request", why);
  }
  const std::string_view token = token_of(request);
  if (token.empty()) {
    return refuse(401, challenge_.token_required(), "invalid_token", "an access token is required");
  }
  if (!is_token_text(token)) {
    constexpr std::string_view why = "the Authorization header is malformed";
    return refuse(400, challenge_.malformed(why), "invalid_request", why);
  }
  if (auto caller = verifier_.find_cached(token)) {
    return {GateOutcome::Kind::kAdmitted, std::move(caller), {}, {}};
  }
  if (!verifier_.may_be_live(token)) {
    return refuse(401, challenge_.invalid_token(kInvalidToken), "invalid_token", kInvalidToken);
  }
  return {GateOutcome::Kind::kLookUp, nullptr, std::string(token), {}};
}

GateOutcome BearerGate::look_up(std::string_view token) const {
  auto caller = verifier_.verify(token);
  if (caller.ok()) return {GateOutcome::Kind::kAdmitted, std::move(caller).value(), {}, {}};
  if (caller.error().code == Code::kUnauthorized) {
    return refuse(401, challenge_.invalid_token(kInvalidToken), "invalid_token", kInvalidToken);
  }
  // Not a 401: the client would throw a good token away.
  log_.failure(LogLevel::kError, "bearer.lookup_failed", caller.error());
  GateOutcome outcome;
  outcome.refusal = make_refusal(503, "temporarily_unavailable", "please try again");
  outcome.refusal.headers.add("Retry-After", "1");
  return outcome;
}

Watch BearerGate::watch(const Request& request) const {
  const std::string_view token = token_of(request);
  return {oauth::hash_token(token),
          [this, token = Secret(std::string(token))](std::function<void(bool)> report) {
            if (verifier_.find_cached(token.reveal()) != nullptr) return report(true);
            // A full executor or an absent database says nothing about the token: it is asked again
            // later.
            (void)executor_.submit([this, token, report = std::move(report)] {
              const Result<CallerPtr> caller = verifier_.verify(token.reveal());
              report(caller.ok() || caller.error().code != Code::kUnauthorized);
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
