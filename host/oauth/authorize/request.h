// An authorization request that passed every check. It travels sealed: through the consent page,
// and then beside the sign-in in the database. Nothing of it is ever read again from the browser.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/json.h"
#include "oauth/responses.h"

namespace mcph::oauth {

struct AuthorizeRequest {
  ClientId client;
  std::string redirect_uri;
  bool redirect_uri_given = false;  // then the token request must repeat it (RFC 6749 §4.1.3)
  std::string state;
  std::vector<std::string> scopes;
  std::string resource;
  std::string code_challenge;
  std::string dpop_jkt;  // the key the code is bound to (RFC 9449 §10); empty: none

  RedirectBack back() const { return {redirect_uri, state}; }
};

json::object to_object(const AuthorizeRequest& request);
// Nothing when a member is missing: sealed by another version of this program.
std::optional<AuthorizeRequest> from_object(const json::object& object);

}  // namespace mcph::oauth
