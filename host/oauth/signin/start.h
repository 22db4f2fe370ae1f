// Sends a person to the identity provider: one who approved on our page, or one whose approval is
// asked for there or remembered. The first thing that is written down about a sign-in is written
// here.
#pragma once

#include <string>

#include "base/http_message.h"
#include "oauth/authorize/request.h"
#include "oauth/client.h"
#include "oauth/parts.h"

namespace mcph::oauth {

struct SignInStart {
  const Client& client;
  const AuthorizeRequest& request;
  std::string secret;          // of this approval; the names of everything follow from it
  std::string consent_cookie;  // the name of the cookie that holds it; empty: no page was shown
  bool was_remembered = false;
  bool remember = false;
};

Response start_signin(const Parts& parts, const Request& http, const SignInStart& start);
// Without a page of ours; for where consent/ decided that none is needed.
Response start_signin_at_once(const Parts& parts, const Request& http, const Client& client,
                              const AuthorizeRequest& request, bool was_remembered);

}  // namespace mcph::oauth
