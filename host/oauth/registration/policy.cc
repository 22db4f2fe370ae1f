#include "oauth/registration/policy.h"

#include "oauth/network.h"
#include "oauth/registration/body.h"
#include "oauth/responses.h"

namespace mcph::oauth {
namespace {

constexpr Seconds kHour{3600};
// When the oldest of an hour is gone is not looked up: somewhere within it.
constexpr Seconds kRetryAfter{600};

Response fail(const Parts& parts, const Error& error) {
  parts.log.failure(LogLevel::kError, "register.failed", error);
  return make_error_document(errors::from(error));
}

Response refuse_token(const Parts& parts) {
  parts.log.info("register.refused", {{"error", "invalid_token"}});
  return make_bearer_refusal("the initial access token is not valid");
}

std::optional<Response> check_quota(const Parts& parts, const Request& http) {
  const std::size_t count_max = parts.settings.registrations_per_hour;
  if (count_max == 0) return std::nullopt;
  const auto count =
      parts.clients.count_registered(network_of(http.peer), parts.clock.now() - kHour);
  if (!count.ok()) return fail(parts, count.error());
  if (*count < count_max) return std::nullopt;
  parts.log.warn("register.too_many", {{"peer", http.peer}});
  return make_error_document(errors::too_many_requests(kRetryAfter));
}

}  // namespace

std::optional<Response> check_may_register(const Parts& parts, const Request& http) {
  if (parts.settings.registration == Registration::kOff) {
    return make_error_document(errors::access_denied("clients are registered by an administrator"));
  }
  if (parts.settings.registration == Registration::kToken) {
    const std::string_view token = bearer_token_of(http);
    if (token.empty()) return make_bearer_refusal("an initial access token is needed");
    const auto expires_at = parts.token_format.find_expiry(TokenKind::kInitialAccess, token);
    if (!expires_at || *expires_at <= parts.clock.now()) return refuse_token(parts);
  }
  return check_quota(parts, http);
}

std::optional<Response> use_initial_access_token(const Parts& parts, const Request& http) {
  if (parts.settings.registration != Registration::kToken) return std::nullopt;
  const auto used =
      parts.registration_tokens.use(hash_token(bearer_token_of(http)), parts.clock.now());
  if (!used.ok()) return fail(parts, used.error());
  if (*used) return std::nullopt;
  return refuse_token(parts);
}

}  // namespace mcph::oauth
