#include "http/wellknown_routes.h"

#include <string>

#include "http/budget_check.h"
#include "oauth/endpoints.h"
#include "oauth/metadata.h"
#include "oauth/responses.h"

namespace mcph::http {
namespace {

void add_document(Router& router, std::string_view path, const oauth::Budgets& budgets,
                  std::function<Response()> make) {
  router.add(Method::kGet, path,
             {Run::kInline, Cors::kAnyone, limits::kFormBytesMax,
              make_budget_check(budgets, oauth::Budget::kMetadata)},
             [make = std::move(make)](const Request&, const RouteContext&) { return make(); });
}

}  // namespace

void add_wellknown_routes(Router& router, const oauth::Server& server,
                          const oauth::Budgets& budgets) {
  add_document(router, oauth::kServerMetadataPath, budgets,
               [&server] { return server.server_metadata(); });
  add_resource_metadata_routes(router, server.settings(), budgets);
}

void add_resource_metadata_routes(Router& router, const oauth::Settings& settings,
                                  const oauth::Budgets& budgets) {
  const auto make = [text = to_json(oauth::make_resource_metadata(settings))] {
    return oauth::make_metadata_response(text);
  };
  // RFC 9728 §3.1 puts the resource's path behind the well-known one; clients that do not know the
  // path ask at the root.
  const std::string inserted = oauth::resource_metadata_path(settings);
  add_document(router, inserted, budgets, make);
  if (inserted != oauth::kResourceMetadataRootPath) {
    add_document(router, oauth::kResourceMetadataRootPath, budgets, make);
  }
}

}  // namespace mcph::http
