#include "mcp/start_call.h"

#include <utility>

#include "mcp/call_reply.h"
#include "mcp/client_capabilities.h"
#include "mcp/input_requests.h"
#include "mcp/meta.h"
#include "mcp/tasks/tasks.h"

namespace mcph::mcp {
namespace {

std::optional<Rejection> check_scopes(const Services& services, const RequestContext& context,
                                      const Item& item) {
  for (const std::string& scope : item.scopes) {
    if (context.caller->has_scope(scope)) continue;
    return rejections::insufficient_scope(
        services.challenges.insufficient_scope(scopes_to_ask_for(*context.caller, item.scopes)));
  }
  return std::nullopt;
}

// MCP 2026-07-28, multi round-trip requests: a client comes back with answers, with the state it
// was given, or with both. Answers without a state are those of a client that knew what would be
// asked.
std::optional<Rejection> read_round(const Services& services, const RequestContext& context,
                                    Call& call) {
  const json::object& params = *context.message.params;
  const json::value* responses = find(params, "inputResponses");
  const json::value* state = find(params, "requestState");
  if (responses == nullptr && state == nullptr) return std::nullopt;
  if (responses != nullptr && !responses->is_object()) {
    return rejections::invalid_params("params.inputResponses must be an object");
  }
  call.attempt = 1;
  call.input_responses =
      responses != nullptr ? make_input_responses(responses->get_object()) : "{}";
  if (state == nullptr) return std::nullopt;
  std::optional<RequestState> opened;
  if (state->is_string()) {
    opened = services.request_states.open(
        view(state->get_string()),
        RequestStates::make_binding(*call.caller, call.action, call.name, call.arguments));
  }
  // Whether it was forged, is another request's or too old: the client has to begin anew.
  if (!opened.has_value()) return rejections::invalid_params("params.requestState is not valid");
  call.attempt = opened->attempt;
  call.state = std::move(opened->state);
  return std::nullopt;
}

bool may_become_task(const RequestContext& context, const CallStart& start) {
  return start.action == Action::kCallTool && start.item.task_use != TaskUse::kNever &&
         (context.capabilities() & kKnowsTasks) != 0;
}

std::optional<std::uint16_t> session_capabilities(const RequestContext& context) {
  if (context.session == nullptr) return std::nullopt;
  return context.capabilities();
}

}  // namespace

std::optional<std::string_view> find_param(const RequestContext& context, std::string_view name) {
  const json::object* params = context.message.params;
  return params != nullptr ? find_string(*params, name) : std::nullopt;
}

bool read_arguments(const RequestContext& context, json::object*& arguments) {
  json::value* given = context.message.params->if_contains("arguments");
  if (given == nullptr) return true;
  arguments = given->if_object();
  return arguments != nullptr;
}

void start_call(const Services& services, RequestContext& context, CallStart start) {
  if (const auto refused = check_scopes(services, context, start.item)) {
    return context.reject(*refused);
  }
  // The arguments are moved with their memory, whatever thread reads them later. Only into a new
  // object: one that is assigned to keeps its own memory, and so would copy them.
  Call call{.action = start.action,
            .name = std::move(start.name),
            .arguments = start.arguments != nullptr ? json::object(std::move(*start.arguments))
                                                    : json::object(),
            .caller = context.caller,
            .deadline = services.clock.steady() + services.call_timeout};
  if (may_become_task(context, start)) {
    call.may_become_task = true;
    call.task_deadline = services.tasks.deadline();
  }
  if (context.modern() && may_ask(start.action)) {
    if (const auto refused = read_round(services, context, call)) return context.reject(*refused);
  }
  call.meta = make_plugin_meta(context.message.meta, session_capabilities(context));
  auto observer = std::make_shared<CallReply>(services, context, call);
  observer->follow(services.catalog.call(std::move(call), observer));
}

}  // namespace mcph::mcp
