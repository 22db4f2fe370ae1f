#include "mcp/call_answer.h"

#include <utility>

#include "mcp/call_results.h"

namespace mcph::mcp {
namespace {

// What a model can correct itself is a result, so that it gets to see it (SEP-1303, in force since
// 2025-11-25); before, it was a protocol error.
bool reports_bad_arguments_in_band(const Answering& about) {
  return about.action == Action::kCallTool && about.version >= Version::k2025_11_25;
}

bool completes(Action action) {
  return action == Action::kCompletePrompt || action == Action::kCompleteResource;
}

Rejection unknown(const Answering& about) {
  switch (about.action) {
    case Action::kCallTool:
      return rejections::invalid_params("Unknown tool: " + about.name);
    case Action::kReadResource:
      return rejections::resource_not_found(about.name, about.version == kModern);
    default:
      return rejections::invalid_params("Unknown prompt: " + about.name);
  }
}

void send_result(const Answering& about, const JsonToken& id, Reply& reply, Outcome&& outcome) {
  std::string body;
  switch (about.action) {
    case Action::kCallTool:
      body = make_tool_result(id, std::move(outcome), about.version, about.server_info);
      break;
    case Action::kReadResource:
      body = make_resource_result(id, std::move(outcome), about.version, about.server_info);
      break;
    case Action::kGetPrompt:
      body = make_prompt_result(id, std::move(outcome), about.version, about.server_info);
      break;
    case Action::kCompletePrompt:
    case Action::kCompleteResource:
      body = make_completion_result(id, outcome.structured, about.version, about.server_info);
      break;
  }
  if (body.empty()) {
    return reply.send_rejection(id, rejections::internal_error("The plugin's answer is malformed"));
  }
  reply.send_result(std::move(body));
}

}  // namespace

void send_answer(const Answering& about, const JsonToken& id, Reply& reply, Outcome&& outcome) {
  using Kind = Outcome::Kind;
  switch (outcome.kind) {
    case Kind::kResult:
      // MCP 2026-07-28, resources: what is not there must not look like something empty.
      if (about.action == Action::kReadResource && outcome.content == "[]") {
        return reply.send_rejection(id, unknown(about));
      }
      // Only tools have results that are errors.
      if (outcome.is_error && about.action != Action::kCallTool) break;
      return send_result(about, id, reply, std::move(outcome));
    case Kind::kBadArguments:
      if (reports_bad_arguments_in_band(about)) {
        return send_result(about, id, reply, make_error_outcome(outcome.text));
      }
      return reply.send_rejection(id, rejections::invalid_params(outcome.text));
    case Kind::kInvalidParams:
      return reply.send_rejection(id, rejections::invalid_params(outcome.text));
    case Kind::kUnknown:
      // Somebody offers it, or the method would have said so; he has nothing to suggest.
      if (completes(about.action)) return send_result(about, id, reply, Outcome{});
      return reply.send_rejection(id, unknown(about));
    case Kind::kSignInAgain:
      return reply.send_rejection(id, rejections::sign_in_again(about.challenges.sign_in_again()));
    case Kind::kOverloaded:
      return reply.send_rejection(
          id, rejections::unavailable(outcome.text.empty() ? "Too many calls" : outcome.text));
    case Kind::kNeedsInput:
    case Kind::kFailed:
      break;
  }
  reply.send_rejection(
      id, rejections::internal_error(outcome.text.empty() ? "Internal error" : outcome.text));
}

Outcome make_error_outcome(std::string_view text) {
  Outcome outcome;
  outcome.content = make_text_block(text);
  outcome.is_error = true;
  return outcome;
}

std::string_view to_string(Action action) noexcept {
  switch (action) {
    case Action::kCallTool:
      return "tools/call";
    case Action::kReadResource:
      return "resources/read";
    case Action::kGetPrompt:
      return "prompts/get";
    case Action::kCompletePrompt:
    case Action::kCompleteResource:
      break;
  }
  return "completion/complete";
}

std::string_view to_string(Outcome::Kind kind) noexcept {
  switch (kind) {
    case Outcome::Kind::kResult:
      return "result";
    case Outcome::Kind::kNeedsInput:
      return "needs_input";
    case Outcome::Kind::kBadArguments:
      return "bad_arguments";
    case Outcome::Kind::kInvalidParams:
      return "invalid_params";
    case Outcome::Kind::kUnknown:
      return "unknown";
    case Outcome::Kind::kSignInAgain:
      return "sign_in_again";
    case Outcome::Kind::kOverloaded:
      return "overloaded";
    case Outcome::Kind::kFailed:
      break;
  }
  return "failed";
}

}  // namespace mcph::mcp
