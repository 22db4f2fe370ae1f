#include "oauth/consent/form.h"

#include "base/encoding.h"

namespace mcph::oauth {
namespace {

constexpr std::string_view kAad = "consent-form/1";

}  // namespace

std::string seal_form(const Parts& parts, const ConsentForm& form) {
  json::object out;
  out["request"] = to_object(form.request);
  out["cookie"] = form.cookie_name;
  out["browser"] = to_base64url(form.browser_hash);
  out["exp"] = to_unix(form.expires_at);
  return parts.consent_sealer.seal(to_json(out), kAad);
}

std::optional<ConsentForm> open_form(const Parts& parts, std::string_view sealed) {
  const auto opened = parts.consent_sealer.open(sealed, kAad);
  if (!opened) return std::nullopt;
  const auto parsed = parse_json(opened->reveal());
  if (!parsed.ok() || !parsed->is_object()) return std::nullopt;
  const json::object& object = parsed->get_object();
  const auto* request_object = find_object(object, "request");
  const auto cookie = find_string(object, "cookie");
  const auto browser = find_string(object, "browser");
  const auto expiry = find_int(object, "exp");
  if (request_object == nullptr || !cookie || !browser || !expiry) return std::nullopt;
  auto request = from_object(*request_object);
  auto hash = from_base64url(*browser);
  if (!request || !hash) return std::nullopt;
  return ConsentForm{std::move(*request), std::string(*cookie), std::move(*hash),
                     from_unix(*expiry)};
}

}  // namespace mcph::oauth
