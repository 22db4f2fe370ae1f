#include "federation/token_endpoint.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/json.h"
#include "federation/limits.h"
#include "federation/paced_client.h"
#include "federation/wiping_resource.h"

namespace mcph::federation {
namespace {

using Kind = TokenFailure::Kind;

// RFC 6749 §5.2 and appendix A.17 allow more; this is all there is in practice, and safe in a log.
std::string cleaned(std::string_view text, std::size_t bytes_max) {
  std::string out;
  for (const char c : text.substr(0, bytes_max)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '_' || c == '-' || c == '.';
    out += plain ? c : '?';
  }
  return out;
}

// PingOne ends its descriptions with "(Correlation ID: …)". Support asks for it; the rest of the
// description may repeat what we sent and stays out of the log.
std::string correlation_of(const json::object& answer) {
  if (const auto id = find_string(answer, "id")) return cleaned(*id, 64);
  constexpr std::string_view kMark = "Correlation ID: ";
  std::string_view text = find_string(answer, "error_description").value_or(std::string_view{});
  const std::size_t at = text.find(kMark);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + kMark.size());
  return cleaned(text.substr(0, text.find_first_of(") ")), 64);
}

// A token goes into a header: visible ASCII alone (RFC 6750 §2.1 is stricter, some issuers are
// not).
bool is_token(std::string_view text) {
  return !text.empty() && text.size() <= limits::kTokenBytesMax &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

TokenFailure garbled(std::string why) {
  return {Kind::kGarbled, {}, "200: " + std::move(why)};
}

TokenOutcome read_tokens(const json::object& answer) {
  TokenResponse tokens;
  const auto take = [&answer](std::string_view name, Secret& into) {
    const json::value* value = find(answer, name);
    if (value == nullptr || value->is_null()) return true;
    const auto text = find_string(answer, name);
    if (!text || !is_token(*text)) return false;
    into = Secret(*text);
    return true;
  };
  if (!take("access_token", tokens.access_token) || tokens.access_token.empty()) {
    return garbled("no access token");
  }
  if (!take("refresh_token", tokens.refresh_token)) return garbled("refresh_token is malformed");
  if (!take("id_token", tokens.id_token)) return garbled("id_token is malformed");
  // RFC 6749 §7.1: a token of a type we do not know must not be used.
  if (!iequals(find_string(answer, "token_type").value_or(std::string_view{}), "bearer")) {
    return garbled("token_type is not Bearer");
  }
  if (const auto scope = find_string(answer, "scope")) tokens.scope = std::string(*scope);
  const auto lifetime = find_int(answer, "expires_in");
  if (lifetime && *lifetime <= 0) return garbled("expires_in is not positive");
  tokens.lifetime = lifetime ? std::min(Seconds{*lifetime}, limits::kTokenLifetimeMax)
                             : limits::kTokenLifetimeDefault;
  return tokens;
}

Kind kind_of(int status, std::string_view error) {
  if (status == 429 || status >= 500) return Kind::kBusy;
  if (status == 400 && error == "invalid_grant") return Kind::kInvalidGrant;
  if (error == "invalid_client" || error == "unauthorized_client" || status == 401) {
    return Kind::kInvalidClient;
  }
  return Kind::kRefused;
}

}  // namespace

const char* to_string(Kind kind) noexcept {
  switch (kind) {
    case Kind::kInvalidGrant:
      return "invalid_grant";
    case Kind::kInvalidClient:
      return "invalid_client";
    case Kind::kRefused:
      return "refused";
    case Kind::kBusy:
      return "busy";
    case Kind::kUnreachable:
      return "unreachable";
    case Kind::kGarbled:
      return "garbled";
  }
  return "unknown";
}

std::optional<Seconds> read_retry_after(const net::HttpResponse& response) {
  const auto text = response.headers.find("retry-after");
  if (!text) return std::nullopt;
  std::int32_t seconds = 0;
  const char* const end = text->data() + text->size();
  const auto read = std::from_chars(text->data(), end, seconds);
  if (read.ec != std::errc{} || read.ptr != end || seconds < 0) return std::nullopt;
  return Seconds{seconds};
}

TokenOutcome read_token_answer(const net::HttpResponse& response) {
  if (response.status != 200) return read_failure(response);
  WipingResource memory;
  const auto parsed = parse_json(response.body, limits::kTokenAnswerDepthMax, &memory);
  const json::object* answer = parsed.ok() ? parsed->if_object() : nullptr;
  return answer != nullptr ? read_tokens(*answer) : garbled("not a JSON object");
}

TokenFailure read_failure(const net::HttpResponse& response) {
  WipingResource memory;
  const auto parsed = parse_json(response.body, limits::kTokenAnswerDepthMax, &memory);
  const json::object* answer = parsed.ok() ? parsed->if_object() : nullptr;
  TokenFailure failure;
  failure.detail = std::to_string(response.status);
  std::string_view error;
  if (answer != nullptr) {
    error = find_string(*answer, "error").value_or(std::string_view{});
    if (error.empty()) error = find_string(*answer, "code").value_or(std::string_view{});
    failure.detail += ' ' + cleaned(error, 64);
    const std::string correlation = correlation_of(*answer);
    if (!correlation.empty()) failure.detail += " correlation_id=" + correlation;
  }
  failure.kind = kind_of(response.status, error);
  failure.retry_after = read_retry_after(response);
  return failure;
}

TokenFailure read_failure(const Error& error) {
  const Kind kind = error.message == kNotSent      ? Kind::kBusy
                    : error.code == Code::kLimit   ? Kind::kGarbled
                    : error.code == Code::kInvalid ? Kind::kRefused
                                                   : Kind::kUnreachable;
  return {kind, {}, error.message + ": " + error.detail};
}

TokenEndpoint::TokenEndpoint(const Provider& provider, Discovery& discovery,
                             AuthenticatedPost& post)
    : provider_(provider), discovery_(discovery), post_(post) {}

TokenOutcome TokenEndpoint::redeem_code(const std::string& code, const Secret& code_verifier) {
  const auto metadata = discovery_.get();
  if (!metadata.ok()) return TokenFailure{Kind::kBusy, {}, metadata.error().detail};
  FormFields form{{"grant_type", "authorization_code"},
                  {"code", code},
                  {"redirect_uri", provider_.redirect_uri}};
  form.emplace_back("code_verifier", code_verifier.reveal());  // moved from here on, not copied
  if (!provider_.resource.empty()) form.emplace_back("resource", provider_.resource);
  return ask((*metadata)->token_endpoint, std::move(form), limits::kCodeExchangeTimeoutMs);
}

TokenOutcome TokenEndpoint::refresh(const Secret& refresh_token, std::int64_t timeout_ms) {
  const auto metadata = discovery_.get();
  if (!metadata.ok()) return TokenFailure{Kind::kBusy, {}, metadata.error().detail};
  FormFields form{{"grant_type", "refresh_token"}};
  form.emplace_back("refresh_token", refresh_token.reveal());
  return ask((*metadata)->token_endpoint, std::move(form), timeout_ms);
}

TokenOutcome TokenEndpoint::exchange(const Secret& access_token, const std::string& audience,
                                     const std::string& scope) {
  const auto metadata = discovery_.get();
  if (!metadata.ok()) return TokenFailure{Kind::kBusy, {}, metadata.error().detail};
  constexpr const char* kAccessToken = "urn:ietf:params:oauth:token-type:access_token";
  // PingOne goes by the scopes, which belong to one API; others by the audience (RFC 8693 §2.1).
  FormFields form{{"grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"},
                  {"subject_token_type", kAccessToken},
                  {"requested_token_type", kAccessToken},
                  {"audience", audience},
                  {"scope", scope}};
  form.emplace_back("subject_token", access_token.reveal());
  return ask((*metadata)->token_endpoint, std::move(form), limits::kRefreshAttemptMs);
}

TokenOutcome TokenEndpoint::ask(const std::string& endpoint, FormFields form,
                                std::int64_t timeout_ms) {
  auto response = post_.send(endpoint, std::move(form), timeout_ms, "token");
  if (!response.ok()) return read_failure(response.error());
  TokenOutcome outcome = read_token_answer(*response);
  wipe(response->body);
  return outcome;
}

}  // namespace mcph::federation
