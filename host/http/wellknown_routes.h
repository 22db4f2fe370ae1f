// The documents from which clients learn everything else (RFC 8414, RFC 9728, RFC 8615). Public,
// cacheable, readable from any origin.
#pragma once

#include "http/router.h"
#include "oauth/budget/budgets.h"
#include "oauth/server.h"

namespace mcph::http {

// Both must outlive the router.
void add_wellknown_routes(Router& router, const oauth::Server& server,
                          const oauth::Budgets& budgets);

}  // namespace mcph::http
