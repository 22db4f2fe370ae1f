#include "oauth/signin/signout.h"

#include "crypto/hash.h"
#include "oauth/audit_event.h"
#include "oauth/consent/form.h"
#include "oauth/consent/show.h"
#include "oauth/find_client.h"
#include "oauth/own_page.h"
#include "oauth/parameters.h"
#include "oauth/redirect_uri.h"
#include "oauth/responses.h"
#include "oauth/views/signout_page.h"
#include "observability/audit_types.h"

namespace mcph::oauth {
namespace {

constexpr std::string_view kAad = "id-token/1";
// Browsers take 4096 bytes with name and attributes (RFC 6265 §6.1).
constexpr std::size_t kCookieBytesMax = 3800;
// About as long as a session at PingOne; later it is asked to end one it has to find by itself.
constexpr Seconds kCookieLifetime{24 * 3600};

Response refuse(const Parts& parts, int status, std::string_view words, std::string_view code) {
  parts.log.info("signout.refused", {{"why", code}});
  return make_signout_error_page(status, words);
}

// The consent page that this browser was shown and came from, if it may still be decided on.
std::optional<ConsentForm> find_form(const Parts& parts, const Request& http,
                                     std::string_view sealed) {
  auto form = open_form(parts, sealed);
  if (!form || form->expires_at <= parts.clock.now()) return std::nullopt;
  const auto secret = parts.cookies.find(http, form->cookie_name);
  if (!secret || !crypto::equal_constant_time(hash_token(*secret), form->browser_hash)) {
    return std::nullopt;
  }
  return form;
}

Secret read_id_token(const Parts& parts, const Request& http) {
  const auto cookie = parts.cookies.find(http, parts.cookies.make_name(CookieKind::kIdToken, {}));
  if (!cookie) return {};
  auto opened = parts.id_token_sealer.open(*cookie, kAad);
  return opened ? *std::move(opened) : Secret{};
}

Response clear_id_token(const Parts& parts, Response response) {
  const std::string name = parts.cookies.make_name(CookieKind::kIdToken, {});
  response.headers.add("Set-Cookie", parts.cookies.make_cleared(name));
  return response;
}

}  // namespace

std::optional<std::string> make_id_token_cookie(const Parts& parts, const Secret& id_token) {
  if (id_token.empty()) return std::nullopt;
  const std::string sealed = parts.id_token_sealer.seal(id_token.reveal(), kAad);
  if (sealed.size() > kCookieBytesMax) return std::nullopt;
  return parts.cookies.make(parts.cookies.make_name(CookieKind::kIdToken, {}), sealed,
                            kCookieLifetime);
}

Response show_signout(const Parts& parts) {
  return make_signout_page(parts.settings);
}

Response sign_out(const Parts& parts, const Request& http) {
  if (!is_from_own_page(parts.settings, http)) {
    return refuse(parts, 403, "This form was not sent from our own page.", "cross_site_request");
  }
  const auto parameters = has_media_type(http, "application/x-www-form-urlencoded")
                              ? Parameters::parse(http.body)
                              : std::nullopt;
  if (!parameters || parameters->has_repeated()) {
    return refuse(parts, 400, "This is not a form we can read.", "malformed_form");
  }
  const std::string state(parameters->find("request").value_or(""));
  if (!state.empty() && !find_form(parts, http, state)) {
    return refuse(parts, 400,
                  "This page was open for too long, or belongs to another browser. Please start "
                  "again from the application.",
                  "expired_form");
  }
  const auto url = parts.identity_provider.make_signout_url(read_id_token(parts, http), state);
  if (!url.ok()) {
    parts.log.failure(LogLevel::kWarn, "signout.failed", url.error());
    return refuse(parts, 503,
                  "You cannot be signed out from here now. Sign out where you signed in.",
                  "temporarily_unavailable");
  }
  parts.audit.record(make_person_event(audit_types::kSignOut, http, {}));
  return clear_id_token(parts, make_redirect(*url));
}

Response finish_signout(const Parts& parts, const Request& http) {
  const auto parameters = Parameters::parse(http.query());
  const std::string state(
      parameters && !parameters->has_repeated() ? parameters->find("state").value_or("") : "");
  const auto form = find_form(parts, http, state);
  if (!form) return make_signed_out_page();
  const auto client = find_live_client(parts, form->request.client);
  if (!client.ok() || !*client || !is_registered_redirect(**client, form->request.redirect_uri)) {
    return make_signed_out_page();
  }
  Response page = show_consent(parts, http, **client, form->request);
  page.headers.add("Set-Cookie", parts.cookies.make_cleared(form->cookie_name));
  return page;
}

}  // namespace mcph::oauth
