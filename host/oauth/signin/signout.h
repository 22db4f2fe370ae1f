// The end of a sign-in at the identity provider (OpenID Connect RP-Initiated Logout 1.0). It ends
// who is signed in there in this browser; what applications were allowed stays allowed. People get
// here from the consent page, when the provider would sign in somebody else than they want, and are
// led back to that page; or by the address.
#pragma once

#include "base/http_message.h"
#include "oauth/parts.h"

namespace mcph::oauth {

// GET: a page that asks.
Response show_signout(const Parts& parts);
// POST, from that page or from the consent page (with its `request`): on to the provider.
Response sign_out(const Parts& parts, const Request& http);
// GET: back from there, with what the consent page was about as `state`, or without.
Response finish_signout(const Parts& parts, const Request& http);

// The browser keeps the ID token, sealed, for a day: the provider wants to know whose sign-in is to
// end (§2, id_token_hint). Nothing when it is too long for a cookie.
std::optional<std::string> make_id_token_cookie(const Parts& parts, const Secret& id_token);

}  // namespace mcph::oauth
