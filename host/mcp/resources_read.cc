#include "mcp/limits.h"
#include "mcp/methods.h"
#include "mcp/server_capabilities.h"
#include "mcp/start_call.h"

namespace mcph::mcp {

void read_resource(const Services& services, RequestContext& context) {
  const CatalogViewPtr view = services.views.get();
  if (!offers_resources(view->offers())) return context.reject_method();
  const auto uri = find_param(context, "uri");
  if (!uri.has_value() || uri->size() > limits::kUriBytesMax) {
    return context.reject(rejections::invalid_params("params.uri must be a URI"));
  }
  const Item* resource = view->find_resource(*uri);
  if (resource == nullptr) {
    return context.reject(rejections::resource_not_found(*uri, context.modern()));
  }
  start_call(services, context, {Action::kReadResource, *resource, std::string(*uri)});
}

}  // namespace mcph::mcp
