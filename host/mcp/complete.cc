// completion/complete: suggestions for an argument of a prompt, or a variable of a resource
// template.
#include <utility>

#include "mcp/call_results.h"
#include "mcp/methods.h"
#include "mcp/start_call.h"

namespace mcph::mcp {
namespace {

struct Reference {
  Action action = Action::kCompletePrompt;
  const Item* item = nullptr;  // null: a resource without variables, which has nothing to complete
};

std::optional<Rejection> read_reference(const json::object& params, const Offers& offers,
                                        Reference& out) {
  const json::object* ref = find_object(params, "ref");
  const auto type = ref != nullptr ? find_string(*ref, "type") : std::nullopt;
  if (type == "ref/prompt") {
    const auto name = find_string(*ref, "name");
    if (!name.has_value()) return rejections::invalid_params("params.ref.name must be a string");
    out = {Action::kCompletePrompt, offers.prompts.find(*name)};
    if (out.item != nullptr) return std::nullopt;
    return rejections::invalid_params("Unknown prompt: " + std::string(*name));
  }
  if (type == "ref/resource") {
    const auto uri = find_string(*ref, "uri");
    if (!uri.has_value()) return rejections::invalid_params("params.ref.uri must be a string");
    out = {Action::kCompleteResource, offers.templates.find(*uri)};
    if (out.item != nullptr || offers.resources.find(*uri) != nullptr) return std::nullopt;
    return rejections::invalid_params("Unknown resource template");
  }
  return rejections::invalid_params("params.ref must be a ref/prompt or a ref/resource");
}

// {"argument":{"name","value"},"context":{"arguments":{…}}}, checked and without anything else.
std::optional<Rejection> read_question(const json::object& params, json::object& out) {
  const json::object* argument = find_object(params, "argument");
  const auto name = argument != nullptr ? find_string(*argument, "name") : std::nullopt;
  const auto value = argument != nullptr ? find_string(*argument, "value") : std::nullopt;
  if (!name.has_value() || !value.has_value()) {
    return rejections::invalid_params("params.argument needs a name and a value, both strings");
  }
  json::object known;
  if (const json::object* context = find_object(params, "context"); context != nullptr) {
    const json::object* arguments = find_object(*context, "arguments");
    if (arguments != nullptr) known = *arguments;
  }
  out["argument"] = json::object{{"name", *name}, {"value", *value}};
  out["context"] = json::object{{"arguments", std::move(known)}};
  return std::nullopt;
}

}  // namespace

void complete(const Services& services, RequestContext& context) {
  const CatalogViewPtr view = services.views.get();
  if (!view->offers().completes) return context.reject_method();
  const json::object none;
  const json::object& params = context.message.params != nullptr ? *context.message.params : none;
  Reference reference;
  json::object question;
  std::optional<Rejection> refused = read_reference(params, view->offers(), reference);
  if (!refused) refused = read_question(params, question);
  if (refused) return context.reject(*refused);
  if (reference.item == nullptr) {
    return context.reply->send_result(
        make_completion_result(context.message.id, {}, context.version, services.server_info));
  }
  start_call(services, context,
             {reference.action, *reference.item, reference.item->name, &question});
}

}  // namespace mcph::mcp
