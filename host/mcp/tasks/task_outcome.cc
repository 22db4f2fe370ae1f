#include "mcp/tasks/task_outcome.h"

#include <utility>

#include "mcp/call_answer.h"
#include "mcp/call_results.h"
#include "mcp/tasks/task_changes.h"

namespace mcph::mcp {
namespace {

// The CallToolResult of the modern protocol.
std::string make_result(Outcome outcome) {
  std::string result;
  append_tool_result(result, std::move(outcome), kModern);
  result += R"(,"resultType":"complete"})";
  return result;
}

Rejection make_rejection(const Outcome& outcome, const std::string& tool) {
  switch (outcome.kind) {
    case Outcome::Kind::kInvalidParams:
      return rejections::invalid_params(outcome.text);
    case Outcome::Kind::kUnknown:
      return rejections::invalid_params("Unknown tool: " + tool);
    case Outcome::Kind::kSignInAgain:
      return rejections::sign_in_again({});
    default:
      return rejections::internal_error(outcome.text.empty() ? "Internal error" : outcome.text);
  }
}

}  // namespace

Task finish(Task task, Outcome outcome, UnixTime now) {
  switch (outcome.kind) {
    case Outcome::Kind::kResult:
      return complete(std::move(task), make_result(std::move(outcome)), now);
    case Outcome::Kind::kBadArguments:
      return complete(std::move(task), make_result(make_error_outcome(outcome.text)), now);
    case Outcome::Kind::kNeedsInput:
      return ask(std::move(task), std::move(outcome), now);
    default:
      const Rejection rejection = make_rejection(outcome, task.tool);
      return fail(std::move(task), rejection, now);
  }
}

}  // namespace mcph::mcp
