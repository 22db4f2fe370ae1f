#include "mcp/meta.h"
#include "mcp/methods.h"
#include "mcp/param_headers.h"
#include "mcp/tool_call_reply.h"

namespace mcph::mcp {
namespace {

struct Named {
  const Item* tool = nullptr;
  json::object* arguments = nullptr;  // null: none were given
};

std::optional<Rejection> check_params(const RequestContext& context, const CatalogView& view,
                                      Named& out) {
  json::object* params = context.message.params;
  const auto name = params != nullptr ? find_string(*params, "name") : std::nullopt;
  if (!name.has_value()) return rejections::invalid_params("params.name must be a string");
  if (json::value* arguments = params->if_contains("arguments"); arguments != nullptr) {
    out.arguments = arguments->if_object();
    if (out.arguments == nullptr) {
      return rejections::invalid_params("params.arguments must be an object");
    }
  }
  out.tool = view.find(*name);
  if (out.tool == nullptr) {
    return rejections::invalid_params("Unknown tool: " + std::string(*name));
  }
  return std::nullopt;
}

std::optional<Rejection> check_mirrored_arguments(const RequestContext& context,
                                                  const CatalogView& view, const Named& named) {
  // Legacy clients know nothing of Mcp-Param headers, though some relay them.
  if (!context.modern()) return std::nullopt;
  const std::vector<ParamHeader>& wanted = view.param_headers(*named.tool);
  if (wanted.empty()) return std::nullopt;
  const json::object none;
  return check_param_headers(wanted, named.arguments != nullptr ? *named.arguments : none,
                             context.headers);
}

std::optional<Rejection> check_scopes(const Services& services, const RequestContext& context,
                                      const Item& tool) {
  for (const std::string& scope : tool.scopes) {
    if (context.caller->has_scope(scope)) continue;
    return rejections::insufficient_scope(services.challenges.insufficient_scope(tool.scopes));
  }
  return std::nullopt;
}

void start(const Services& services, const RequestContext& context, const Named& named) {
  // The arguments are moved with their memory: no copy, whatever thread reads them later.
  Call call{.name = named.tool->name,
            .arguments = named.arguments != nullptr ? json::object(std::move(*named.arguments))
                                                    : json::object(),
            .caller = context.caller,
            .deadline = services.clock.steady() + services.call_timeout,
            .meta = make_tool_meta(context.message.meta)};
  auto observer = std::make_shared<ToolCallReply>(services, context, named.tool->name);
  observer->follow(services.catalog.call(std::move(call), observer));
}

}  // namespace

void call_tool(const Services& services, RequestContext& context) {
  const CatalogViewPtr view = services.views.get();
  Named named;
  std::optional<Rejection> refused = check_params(context, *view, named);
  if (!refused) refused = check_mirrored_arguments(context, *view, named);
  if (!refused) refused = check_scopes(services, context, *named.tool);
  if (refused) return context.reject(*refused);
  start(services, context, named);
}

}  // namespace mcph::mcp
