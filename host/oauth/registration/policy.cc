#include "oauth/registration/policy.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "oauth/registration/body.h"
#include "oauth/responses.h"

namespace mcph::oauth {
namespace {

constexpr Seconds kHour{3600};

Response fail(const Parts& parts, const Error& error) {
  parts.log.failure(LogLevel::kError, "register.failed", error);
  return make_error_document(errors::from(error));
}

std::optional<Response> check_quota(const Parts& parts, const Request& http) {
  const std::size_t count_max = parts.settings.registrations_per_hour;
  if (count_max == 0) return std::nullopt;
  const auto count =
      parts.clients.count_registered(network_of(http.peer), parts.clock.now() - kHour);
  if (!count.ok()) return fail(parts, count.error());
  if (*count < count_max) return std::nullopt;
  parts.log.warn("register.too_many", {{"peer", http.peer}});
  Refusal refusal = errors::access_denied("too many registrations, try again later");
  refusal.status = 429;
  Response response = make_error_document(refusal);
  response.headers.add("Retry-After", "600");
  return response;
}

}  // namespace

std::string network_of(std::string_view address) {
  std::string text(address);
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  std::array<char, INET6_ADDRSTRLEN> out{};
  if (inet_ntop(AF_INET6, bytes.data(), out.data(), out.size()) == nullptr) return text;
  return std::string(out.data()) + "/64";
}

std::optional<Response> check_may_register(const Parts& parts, const Request& http) {
  if (parts.settings.registration == Registration::kOff) {
    return make_error_document(errors::access_denied("clients are registered by an administrator"));
  }
  if (parts.settings.registration == Registration::kToken && bearer_token_of(http).empty()) {
    return make_bearer_refusal("an initial access token is needed");
  }
  return check_quota(parts, http);
}

std::optional<Response> use_initial_access_token(const Parts& parts, const Request& http) {
  if (parts.settings.registration != Registration::kToken) return std::nullopt;
  const auto used =
      parts.registration_tokens.use(hash_token(bearer_token_of(http)), parts.clock.now());
  if (!used.ok()) return fail(parts, used.error());
  if (*used) return std::nullopt;
  parts.log.info("register.refused", {{"error", "invalid_token"}});
  return make_bearer_refusal("the initial access token is not valid");
}

}  // namespace mcph::oauth
