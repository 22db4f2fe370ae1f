// From what a client asks for to the handler that answers, with everything checked that the plugin
// may rely on.
#include <algorithm>
#include <optional>
#include <variant>

#include "base/json.h"
#include "base/url.h"
#include "plugins/plugin_call.h"
#include "plugins/registry.h"

namespace mcph::plugins {
namespace {

using Kind = mcp::Outcome::Kind;
using mcp::Action;
using mcp::Outcome;

// What call() returns for a call that was never started.
class EndedCall final : public mcp::RunningCall {
 public:
  void cancel() override {}
};

// A handler that may be called, or why not.
struct Target {
  const std::shared_ptr<Instance>* instance = nullptr;
  const Handler* handler = nullptr;
  const schema::Schema* output = nullptr;
  std::string arguments;
};
using Found = std::variant<Target, Outcome>;

// The protocol asked before, with the challenge that belongs to it. Nobody gets past twice.
std::optional<Outcome> check_scopes(const mcp::Call& call, const Handler& handler) {
  for (const std::string& scope : handler.scopes) {
    if (call.caller->has_scope(scope)) continue;
    return make_outcome(Kind::kFailed, name_kind(call.action) + " needs the scope " + scope + ".");
  }
  return std::nullopt;
}

std::string write(json::object arguments) {
  return arguments.empty() ? "{}" : to_json(json::value(std::move(arguments)));
}

Found find_tool(const OfferTable& table, mcp::Call& call) {
  const OfferTable::Tool* tool = table.find_tool(call.name);
  if (tool == nullptr) return make_outcome(Kind::kUnknown, "Unknown tool");
  const ToolDescriptor& descriptor = *tool->descriptor;
  if (auto refused = check_scopes(call, descriptor)) return std::move(*refused);
  if (!descriptor.has(MCPH_MAY_BE_TASK | MCPH_NEEDS_TASK)) call.may_become_task = false;
  if (descriptor.has(MCPH_NEEDS_TASK) && !call.may_become_task) {
    // The modern protocol has asked before; to a client of an older one the model must explain.
    return make_error(call.action, "The tool needs a client that knows tasks.");
  }
  const json::value arguments(std::move(call.arguments));
  if (auto complaint = descriptor.input.check(arguments)) {
    return make_outcome(Kind::kBadArguments, "Input validation error: " + *complaint);
  }
  return Target{&tool->instance, &descriptor, descriptor.output ? &*descriptor.output : nullptr,
                arguments.get_object().empty() ? "{}" : to_json(arguments)};
}

Found find_resource(const OfferTable& table, mcp::Call& call) {
  const OfferTable::Resource* resource = table.find_resource(call.name);
  json::object variables;
  if (resource == nullptr && parse_url(call.name).ok()) {
    if (auto match = table.match_template(call.name)) {
      resource = match->resource;
      for (auto& [name, value] : match->variables) variables[name] = std::move(value);
    }
  }
  if (resource == nullptr) return make_outcome(Kind::kUnknown, "Resource not found");
  if (auto refused = check_scopes(call, *resource->descriptor)) return std::move(*refused);
  return Target{&resource->instance, resource->descriptor, nullptr, write(std::move(variables))};
}

std::optional<std::string> check_arguments(const PromptDescriptor& prompt,
                                           const json::object& arguments) {
  for (const PromptArgument& wanted : prompt.arguments) {
    if (wanted.required && !arguments.contains(wanted.name)) {
      return "Missing required argument: " + wanted.name;
    }
  }
  for (const auto& [name, value] : arguments) {
    if (!value.is_string()) return "Argument " + std::string(name) + " must be a string";
  }
  return std::nullopt;
}

Found find_prompt(const OfferTable& table, mcp::Call& call) {
  const OfferTable::Prompt* prompt = table.find_prompt(call.name);
  if (prompt == nullptr) return make_outcome(Kind::kUnknown, "Unknown prompt");
  if (auto refused = check_scopes(call, *prompt->descriptor)) return std::move(*refused);
  if (auto complaint = check_arguments(*prompt->descriptor, call.arguments)) {
    return make_outcome(Kind::kInvalidParams, std::move(*complaint));
  }
  return Target{&prompt->instance, prompt->descriptor, nullptr, write(std::move(call.arguments))};
}

// `has_argument` says whether the offer has an argument of that name.
template <class Offer, class Has>
Found find_complete(const Offer* offer, mcp::Call& call, std::string_view ref, Has has_argument) {
  if (offer == nullptr) return make_outcome(Kind::kUnknown, "Nothing of that name to complete");
  if (auto refused = check_scopes(call, *offer->descriptor)) return std::move(*refused);
  const json::object* argument = find_object(call.arguments, "argument");
  const auto name = argument != nullptr ? find_string(*argument, "name") : std::nullopt;
  if (!name || !find_string(*argument, "value") || !has_argument(*name)) {
    return make_outcome(Kind::kInvalidParams, "Unknown argument");
  }
  const std::optional<Handler>& complete = offer->instance->descriptor().complete;
  if (!complete) {
    Outcome nothing;
    nothing.structured = R"({"values":[]})";
    return nothing;
  }
  call.arguments["ref"] = ref;
  return Target{&offer->instance, &*complete, nullptr, write(std::move(call.arguments))};
}

Found find(const OfferTable& table, mcp::Call& call) {
  switch (call.action) {
    case Action::kCallTool:
      return find_tool(table, call);
    case Action::kReadResource:
      return find_resource(table, call);
    case Action::kGetPrompt:
      return find_prompt(table, call);
    case Action::kCompletePrompt: {
      const OfferTable::Prompt* prompt = table.find_prompt(call.name);
      return find_complete(prompt, call, "prompt", [prompt](std::string_view name) {
        return prompt->descriptor->has_argument(name);
      });
    }
    case Action::kCompleteResource:
      break;
  }
  const OfferTable::Resource* resource = table.find_template(call.name);
  return find_complete(resource, call, "resource", [resource](std::string_view name) {
    return resource->descriptor->uri_template->has_variable(name);
  });
}

}  // namespace

std::shared_ptr<mcp::RunningCall> Registry::call(mcp::Call call,
                                                 std::shared_ptr<mcp::CallObserver> observer) {
  Found found = stopping_ ? Found(make_outcome(Kind::kOverloaded, "The host is going down."))
                          : find(table_, call);
  if (auto* outcome = std::get_if<Outcome>(&found)) {
    observer->finished(std::move(*outcome));
    return std::make_shared<EndedCall>();
  }
  Target& target = std::get<Target>(found);
  const std::shared_ptr<Instance>& instance = *target.instance;
  const SteadyTime latest = parts_.clock.steady() + Milliseconds(instance->settings().timeout_ms);
  call.deadline = std::min(call.deadline, latest);
  const auto running = std::make_shared<PluginCall>(
      instance, *target.handler, target.output,
      CallInput{std::move(target.arguments), std::move(call)}, std::move(observer));
  running->start();
  return running;
}

}  // namespace mcph::plugins
