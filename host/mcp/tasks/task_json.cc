#include "mcp/tasks/task_json.h"

#include "mcp/jsonrpc.h"

namespace mcph::mcp {
namespace {

void append_questions(std::string& out, const Task& task) {
  out += R"(,"inputRequests":{)";
  bool first = true;
  for (const TaskQuestion& question : task.questions) {
    if (!question.answer.empty()) continue;
    if (!first) out += ',';
    first = false;
    append_json_string(out, question.key);
    out += ':';
    out += question.request;
  }
  out += '}';
}

}  // namespace

void append_task(std::string& out, const Task& task, Milliseconds poll_interval) {
  out += R"("taskId":)";
  append_json_string(out, task.id);
  out += R"(,"status":)";
  append_json_string(out, to_string(task.status));
  if (!task.message.empty()) {
    out += R"(,"statusMessage":)";
    append_json_string(out, task.message);
  }
  out += R"(,"createdAt":)";
  append_json_string(out, to_iso8601(task.created_at));
  out += R"(,"lastUpdatedAt":)";
  append_json_string(out, to_iso8601(task.updated_at));
  // From the creation, not from now.
  out += R"(,"ttlMs":)";
  out += std::to_string(Milliseconds(task.expires_at - task.created_at).count());
  out += R"(,"pollIntervalMs":)";
  out += std::to_string(poll_interval.count());
}

void append_detailed_task(std::string& out, const Task& task, Milliseconds poll_interval) {
  append_task(out, task, poll_interval);
  switch (task.status) {
    case TaskStatus::kInputRequired:
      return append_questions(out, task);
    case TaskStatus::kCompleted:
      out += R"(,"result":)";
      out += task.result;
      return;
    case TaskStatus::kFailed:
      out += R"(,"error":)";
      out += task.error;
      return;
    case TaskStatus::kWorking:
    case TaskStatus::kCancelled:
      return;
  }
}

}  // namespace mcph::mcp
