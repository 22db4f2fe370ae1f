// Binds the authorization server to its paths. Who may call from other origins: everybody, where
// security rests on codes, secrets and tokens; nobody, where it rests on the user's cookies.
#pragma once

#include "http/router.h"
#include "oauth/budget/budgets.h"
#include "oauth/server.h"

namespace mcph::http {

// Both must outlive the router.
void add_oauth_routes(Router& router, const oauth::Server& server, const oauth::Budgets& budgets);

}  // namespace mcph::http
