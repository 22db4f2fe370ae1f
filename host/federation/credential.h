// A user's tokens at the provider, in the clear: only in memory, only inside federation/.
#pragma once

#include <string>

#include "base/secret.h"
#include "base/time.h"

namespace mcph::federation {

struct Credential {
  Secret access_token;
  Secret refresh_token;     // empty: the provider gave none
  std::string scope;        // as granted, space-separated; may be empty
  std::string claims_json;  // of the ID token
  UnixTime expires_at{};    // of the access token
  Seconds lifetime{};       // it had when issued
  UnixTime refreshed_at{};  // 0: still the tokens of the sign-in
};

// 60 s or a tenth of the lifetime, whichever is more, but never more than half of it: a short-lived
// token would count as due from the start.
Seconds refresh_margin(Seconds lifetime) noexcept;

// Until when the token may be used without asking. One that cannot be refreshed serves to its end.
UnixTime good_until(const Credential& credential) noexcept;

}  // namespace mcph::federation
