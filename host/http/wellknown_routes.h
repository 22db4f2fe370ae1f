// The documents from which clients learn everything else (RFC 8414, RFC 9728, RFC 8615). Public,
// cacheable, readable from any origin.
#pragma once

#include "http/router.h"
#include "oauth/budget/budgets.h"
#include "oauth/server.h"

namespace mcph::http {

// What is passed by reference must outlive the router.
void add_wellknown_routes(Router& router, const oauth::Server& server,
                          const oauth::Budgets& budgets);
// The one document of a host that is no authorization server.
void add_resource_metadata_routes(Router& router, const oauth::Settings& settings,
                                  const oauth::Budgets& budgets);

}  // namespace mcph::http
