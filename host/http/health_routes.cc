#include "http/health_routes.h"

#include "base/json.h"

namespace mcph::http {

void add_health_routes(Router& router, ReadinessChecks checks, const Log& log) {
  RouteOptions alive;
  alive.run = Run::kInline;
  router.add(Method::kGet, "/healthz", alive, [](const Request&, const RouteContext&) {
    return make_json_response(200, R"({"alive":true})");
  });
  router.add(Method::kGet, "/readyz", RouteOptions{},
             [checks = std::move(checks), &log](const Request&, const RouteContext&) {
               const auto database = checks.database();
               const auto plugins = checks.plugins();
               if (!database.ok()) log.failure(LogLevel::kWarn, "ready.database", database.error());
               if (!plugins.ok()) log.failure(LogLevel::kWarn, "ready.plugins", plugins.error());
               const bool ready = database.ok() && plugins.ok();
               const json::object body{{"database", database.ok()}, {"plugins", plugins.ok()}};
               return make_json_response(ready ? 200 : 503, to_json(body));
             });
}

}  // namespace mcph::http
