// Whether this host lives and whether it can serve: for supervisors and load balancers. Without
// authentication, and without details, which stand in the log.
//   GET /healthz   200 as long as the process answers
//   GET /readyz    200 {"database":true,"plugins":true}, or 503 with what is not
#pragma once

#include <functional>

#include "base/result.h"
#include "http/router.h"

namespace mcph::http {

// Called on the executor; may block.
struct ReadinessChecks {
  std::function<Result<>()> database;
  std::function<Result<>()> plugins;
};

void add_health_routes(Router& router, ReadinessChecks checks, const Log& log);

}  // namespace mcph::http
