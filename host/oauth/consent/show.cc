#include "oauth/consent/show.h"

#include "base/encoding.h"
#include "oauth/consent/form.h"
#include "oauth/consent/remembered.h"
#include "oauth/views/consent_page.h"

namespace mcph::oauth {
namespace {

constexpr std::size_t kSuffixBytes = 8;
constexpr std::size_t kSecretBytes = 32;
// More open pages than that are not read any more, but their cookies would fill the request head.
constexpr std::size_t kOpenPagesMax = 5;

}  // namespace

Response show_consent(const Parts& parts, const Request& http, const Client& client,
                      const AuthorizeRequest& request) {
  const std::string secret = to_base64url(parts.random.bytes(kSecretBytes));
  ConsentForm form;
  form.request = request;
  form.cookie_name =
      parts.cookies.make_name(CookieKind::kConsent, to_hex(parts.random.bytes(kSuffixBytes)));
  form.browser_hash = hash_token(secret);
  form.expires_at = parts.clock.now() + parts.settings.consent_lifetime;

  Response page = make_consent_page(parts.settings, client, request, seal_form(parts, form),
                                    may_be_remembered(parts.settings, client, request));
  const auto open = parts.cookies.names(http, CookieKind::kConsent);
  for (std::size_t i = 0; i + kOpenPagesMax <= open.size(); ++i) {
    page.headers.add("Set-Cookie", parts.cookies.make_cleared(open[i]));
  }
  page.headers.add("Set-Cookie",
                   parts.cookies.make(form.cookie_name, secret, parts.settings.consent_lifetime));
  return page;
}

}  // namespace mcph::oauth
