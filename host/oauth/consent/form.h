// What the consent page carries to our next request: the checked authorization request, tied to one
// browser and one moment. Sealed, so the browser can neither read nor change it, and we keep
// nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "oauth/authorize/request.h"
#include "oauth/parts.h"

namespace mcph::oauth {

struct ConsentForm {
  AuthorizeRequest request;
  std::string cookie_name;
  std::string browser_hash;  // SHA-256 of the value of that cookie
  UnixTime expires_at{};
};

std::string seal_form(const Parts& parts, const ConsentForm& form);
// Nothing when it is not ours. Says nothing about expiry and browser.
std::optional<ConsentForm> open_form(const Parts& parts, std::string_view sealed);

}  // namespace mcph::oauth
