#include "mcp/call_answer.h"
#include "mcp/call_results.h"
#include "mcp/client_capabilities.h"
#include "mcp/input_requests.h"
#include "mcp/methods.h"
#include "mcp/param_headers.h"
#include "mcp/start_call.h"

namespace mcph::mcp {
namespace {

struct Named {
  const Item* tool = nullptr;
  json::object* arguments = nullptr;  // null: none were given
};

std::optional<Rejection> check_params(const RequestContext& context, const CatalogView& view,
                                      Named& out) {
  const auto name = find_param(context, "name");
  if (!name.has_value()) return rejections::invalid_params("params.name must be a string");
  if (!read_arguments(context, out.arguments)) {
    return rejections::invalid_params("params.arguments must be an object");
  }
  out.tool = view.offers().tools.find(*name);
  if (out.tool == nullptr) {
    return rejections::invalid_params("Unknown tool: " + std::string(*name));
  }
  return std::nullopt;
}

// SEP-2663: what works as a task only needs a client that can follow it.
bool lacks_tasks(const RequestContext& context, const Item& tool) {
  return tool.task_use == TaskUse::kRequired && (context.capabilities() & kKnowsTasks) == 0;
}

void refuse_without_tasks(const Services& services, const RequestContext& context) {
  if (context.modern()) {
    return context.reject(rejections::missing_capabilities(make_capabilities(kKnowsTasks)));
  }
  // The extension is not for older revisions, so their clients can do nothing about it.
  context.reply->send_result(make_tool_result(context.message.id,
                                              make_error_outcome(make_missing_text(kKnowsTasks)),
                                              context.version, services.server_info));
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

}  // namespace

void call_tool(const Services& services, RequestContext& context) {
  const CatalogViewPtr view = services.views.get();
  Named named;
  std::optional<Rejection> refused = check_params(context, *view, named);
  if (!refused && lacks_tasks(context, *named.tool)) {
    return refuse_without_tasks(services, context);
  }
  if (!refused) refused = check_mirrored_arguments(context, *view, named);
  if (refused) return context.reject(*refused);
  start_call(services, context,
             {Action::kCallTool, *named.tool, named.tool->name, named.arguments});
}

}  // namespace mcph::mcp
