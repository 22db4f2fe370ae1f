#include "oauth/own_page.h"

namespace mcph::oauth {

// With `no-referrer` browsers say `Origin: null` even for our own page, so Sec-Fetch-Site decides,
// and Origin only where it is missing.
bool is_from_own_page(const Settings& settings, const Request& http) {
  const auto site = http.headers.find("sec-fetch-site");
  const auto origin = http.headers.find("origin");
  const bool own_origin = origin && *origin == settings.issuer;
  if (!site) return own_origin;
  return *site == "same-origin" && (!origin || *origin == "null" || own_origin);
}

}  // namespace mcph::oauth
