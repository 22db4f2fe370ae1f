// The cookies of a sign-in. Each sign-in has its own pair, so tabs do not disturb each other, and
// none outlives it by more than minutes: there is no session here to be stolen. (The ID token, kept
// sealed for a sign-out, opens nothing here.)
//
// With an https issuer they are `__Host-` cookies (RFC 6265bis §4.1.3.2): no other host and no
// unencrypted page can set them. A loopback http issuer gets plain ones. Immutable, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http_message.h"
#include "base/time.h"

namespace mcph::oauth {

enum class CookieKind {
  kConsent,    // binds the consent page to the browser that was shown it
  kSignIn,     // binds the way back from the identity provider to the browser that approved
  kIdToken,    // one: whose sign-in a sign-out would end
  kApprovals,  // one: what the browser remembers of approvals, where that is wanted
};

class Cookies {
 public:
  explicit Cookies(std::string_view issuer);

  // `suffix` tells sign-ins apart; [0-9a-f] only.
  std::string make_name(CookieKind kind, std::string_view suffix) const;
  // Values of Set-Cookie. `value` is base64url text.
  std::string make(std::string_view name, std::string_view value, Seconds max_age) const;
  std::string make_cleared(std::string_view name) const;

  std::optional<std::string> find(const Request& request, std::string_view name) const;
  // Names of that kind in the request, oldest first (RFC 6265 §5.4).
  std::vector<std::string> names(const Request& request, CookieKind kind) const;

 private:
  const bool secure_;
};

}  // namespace mcph::oauth
