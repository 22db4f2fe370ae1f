#include "mcp/tasks/task_methods.h"

#include <memory>
#include <utility>

#include "mcp/client_capabilities.h"
#include "mcp/methods.h"
#include "mcp/tasks/task_json.h"
#include "mcp/tasks/tasks.h"

namespace mcph::mcp {
namespace {

// What is left of a request when its body is gone.
struct TaskRequest {
  JsonToken id;
  CallerPtr caller;
  ReplyPtr reply;
  std::string task;
  json::object responses;  // of tasks/update

  void reject(const Rejection& rejection) const { reply->send_rejection(id, rejection); }
};

std::optional<Rejection> read_request(RequestContext& context, bool with_responses,
                                      TaskRequest& out) {
  if ((context.capabilities() & kKnowsTasks) == 0) {
    return rejections::missing_capabilities(make_capabilities(kKnowsTasks));
  }
  json::object& params = *context.message.params;
  const std::optional<std::string_view> task = find_string(params, "taskId");
  if (!task.has_value()) return rejections::invalid_params("params.taskId must be a string");
  if (with_responses) {
    json::value* responses = params.if_contains("inputResponses");
    if (responses == nullptr || !responses->is_object()) {
      return rejections::invalid_params("params.inputResponses must be an object");
    }
    // Its memory moves with it.
    out.responses = json::object(std::move(responses->get_object()));
  }
  out.id = context.message.id;
  out.caller = context.caller;
  out.reply = context.reply;
  out.task = *task;
  return std::nullopt;
}

using Work = void (*)(const Services& services, const TaskRequest& request);

// The tasks are asked, which blocks.
void run(const Services& services, RequestContext& context, bool with_responses, Work work) {
  const auto request = std::make_shared<TaskRequest>();
  if (const auto refused = read_request(context, with_responses, *request)) {
    return context.reject(*refused);
  }
  const bool taken =
      services.executor.submit([&services, request, work] { work(services, *request); });
  if (!taken) context.reject(rejections::unavailable("The server is busy"));
}

// An empty result says that it was heard; whether it helped, tasks/get tells.
void acknowledge(const Services& services, const TaskRequest& request,
                 const std::optional<Rejection>& refused) {
  if (refused.has_value()) return request.reject(*refused);
  std::string body;
  append_result_head(body, request.id);
  body += '{';
  body += std::string_view(services.server_info.modern_end()).substr(1);
  body += '}';
  request.reply->send_result(std::move(body));
}

void answer_get(const Services& services, const TaskRequest& request) {
  const std::variant<Task, Rejection> found = services.tasks.get(request.task, *request.caller);
  if (const auto* refused = std::get_if<Rejection>(&found)) return request.reject(*refused);
  std::string body;
  append_result_head(body, request.id);
  body += '{';
  append_detailed_task(body, std::get<Task>(found), services.tasks.poll_interval());
  body += services.server_info.modern_end();
  body += '}';
  request.reply->send_result(std::move(body));
}

void answer_update(const Services& services, const TaskRequest& request) {
  acknowledge(services, request,
              services.tasks.update(request.task, request.caller, request.responses));
}

void answer_cancel(const Services& services, const TaskRequest& request) {
  acknowledge(services, request, services.tasks.cancel(request.task, *request.caller));
}

}  // namespace

void get_task(const Services& services, RequestContext& context) {
  run(services, context, false, answer_get);
}

void update_task(const Services& services, RequestContext& context) {
  run(services, context, true, answer_update);
}

void cancel_task(const Services& services, RequestContext& context) {
  run(services, context, false, answer_cancel);
}

}  // namespace mcph::mcp
