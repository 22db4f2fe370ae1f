#include "mcp/tasks/task_outcome.h"

#include <utility>

#include "mcp/jsonrpc.h"
#include "mcp/tasks/task_changes.h"

namespace mcph::mcp {
namespace {

std::string make_text_block(std::string_view text) {
  std::string block = R"([{"type":"text","text":)";
  append_json_string(block, text);
  block += "}]";
  return block;
}

// The CallToolResult of the modern protocol.
std::string make_result(Outcome outcome) {
  if (outcome.content == "[]" && !outcome.structured.empty()) {
    outcome.content = make_text_block(outcome.structured);
  }
  std::string result = R"({"content":)";
  result += outcome.content;
  if (!outcome.structured.empty()) {
    result += R"(,"structuredContent":)";
    result += outcome.structured;
  }
  if (outcome.is_error) result += R"(,"isError":true)";
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
      outcome.content = make_text_block(outcome.text);
      outcome.structured.clear();
      outcome.is_error = true;
      return complete(std::move(task), make_result(std::move(outcome)), now);
    case Outcome::Kind::kNeedsInput:
      return ask(std::move(task), std::move(outcome), now);
    default:
      const Rejection rejection = make_rejection(outcome, task.tool);
      return fail(std::move(task), rejection, now);
  }
}

}  // namespace mcph::mcp
