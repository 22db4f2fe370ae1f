// Approvals that a person asked this browser to remember, so that the page can be left out the next
// time. Off unless the operator wants it; then three things must agree (threat: a remembered
// approval that another page rides on): the browser's sealed cookie, where the request comes from,
// and, once the person has signed in, a living grant of that very person that was approved so.
#pragma once

#include <string>

#include "base/http_message.h"
#include "oauth/authorize/request.h"
#include "oauth/client.h"
#include "oauth/parts.h"

namespace mcph::oauth {

// What an approval was about: the address the answer goes to, the resource and the scopes.
std::string hash_approval(const AuthorizeRequest& request);

// Whether this client's approval may be remembered at all. Never that of a client known by its
// document whose answers go to this device: anybody can point a browser at such an address.
bool may_be_remembered(const Settings& settings, const Client& client,
                       const AuthorizeRequest& request);

// Whether the browser remembers this approval and is here by its user's own doing.
bool is_remembered(const Parts& parts, const Request& http, const Client& client,
                   const AuthorizeRequest& request);

// Values of Set-Cookie: the browser's approvals with this one, or without it.
std::string remember_approval(const Parts& parts, const Request& http,
                              const AuthorizeRequest& request);
std::string forget_approval(const Parts& parts, const Request& http,
                            const AuthorizeRequest& request);

}  // namespace mcph::oauth
