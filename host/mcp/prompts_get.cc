#include <algorithm>

#include "mcp/methods.h"
#include "mcp/server_capabilities.h"
#include "mcp/start_call.h"

namespace mcph::mcp {
namespace {

// MCP, prompts: arguments are strings, whatever they stand for.
bool has_only_strings(const json::object& arguments) {
  return std::all_of(arguments.begin(), arguments.end(),
                     [](const auto& argument) { return argument.value().is_string(); });
}

}  // namespace

void get_prompt(const Services& services, RequestContext& context) {
  const CatalogViewPtr view = services.views.get();
  if (!offers_prompts(view->offers())) return context.reject_method();
  const auto name = find_param(context, "name");
  if (!name.has_value()) {
    return context.reject(rejections::invalid_params("params.name must be a string"));
  }
  json::object* arguments = nullptr;
  if (!read_arguments(context, arguments) ||
      (arguments != nullptr && !has_only_strings(*arguments))) {
    return context.reject(
        rejections::invalid_params("params.arguments must be an object of strings"));
  }
  const Item* prompt = view->offers().prompts.find(*name);
  if (prompt == nullptr) {
    return context.reject(rejections::invalid_params("Unknown prompt: " + std::string(*name)));
  }
  start_call(services, context, {Action::kGetPrompt, *prompt, prompt->name, arguments});
}

}  // namespace mcph::mcp
