#include "plugins/call_sink.h"

#include "base/encoding.h"
#include "base/json.h"
#include "mcph/json_text.hpp"
#include "plugins/content_shape.h"
#include "plugins/input_requests.h"
#include "plugins/json_scan.h"
#include "plugins/limits.h"

namespace mcph::plugins {
namespace {

using Outcome = mcp::Outcome;
using mcp::Action;

// Cut between code points.
std::string_view shorten(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}

bool completes(Action action) {
  return action == Action::kCompletePrompt || action == Action::kCompleteResource;
}

}  // namespace

std::string name_kind(Action action) {
  switch (action) {
    case Action::kCallTool:
      return "The tool";
    case Action::kReadResource:
      return "The resource";
    case Action::kGetPrompt:
      return "The prompt";
    default:
      return "The completion";
  }
}

Outcome make_outcome(Outcome::Kind kind, std::string text) {
  Outcome outcome;
  outcome.kind = kind;
  outcome.text = std::move(text);
  return outcome;
}

Outcome make_error(Action action, std::string_view text) {
  if (action != Action::kCallTool) return make_outcome(Outcome::Kind::kFailed, std::string(text));
  Outcome outcome;
  outcome.content = R"([{"type":"text","text":)";
  append_quoted(outcome.content, text);
  outcome.content += "}]";
  outcome.is_error = true;
  return outcome;
}

Outcome make_token_outcome(Action action, const Error& error) {
  if (error.code == Code::kUnauthorized) {
    return make_outcome(Outcome::Kind::kSignInAgain, "Your sign-in has expired.");
  }
  if (error.code == Code::kForbidden) return make_error(action, error.message);
  return make_error(action, "The sign-in service cannot be reached right now.");
}

mcph_status CallSink::refuse(mcph_status status, std::string_view what) {
  broken_ = true;
  note_fault(what);
  return status;
}

void CallSink::note_fault(std::string_view what) {
  if (fault_.empty()) fault_ = what;
}

mcph_status CallSink::add_content(std::string_view json) {
  if (why_) return refuse(MCPH_E_INVALID_ARGUMENT, "content() after fail()");
  if (!questions_.empty()) return refuse(MCPH_E_INVALID_ARGUMENT, "content() after need_input()");
  if (blocks_ >= kBlocksMax || content_.size() + json.size() > kResultBytesMax) {
    return refuse(MCPH_E_LIMIT, "the answer is too large");
  }
  if (const auto complaint = check_content(action_, json)) {
    return refuse(MCPH_E_INVALID_ARGUMENT, *complaint);
  }
  if (blocks_++ > 0) content_ += ',';
  content_ += json;
  return MCPH_OK;
}

mcph_status CallSink::set_structured(std::string_view json) {
  if (why_) return refuse(MCPH_E_INVALID_ARGUMENT, "structured() after fail()");
  if (!questions_.empty()) {
    return refuse(MCPH_E_INVALID_ARGUMENT, "structured() after need_input()");
  }
  if (action_ == Action::kReadResource || action_ == Action::kGetPrompt) {
    return refuse(MCPH_E_INVALID_ARGUMENT, "structured() of a resource or prompt");
  }
  if (!structured_.empty()) return refuse(MCPH_E_INVALID_ARGUMENT, "structured() twice");
  if (json.size() > kResultBytesMax) return refuse(MCPH_E_LIMIT, "the answer is too large");
  if (!is_json(json)) {
    return refuse(MCPH_E_INVALID_ARGUMENT, "structured() with what is no JSON");
  }
  structured_ = json;
  return MCPH_OK;
}

mcph_status CallSink::set_questions(std::string_view requests_json, std::string_view state) {
  if (why_) return refuse(MCPH_E_INVALID_ARGUMENT, "need_input() after fail()");
  if (!questions_.empty()) return refuse(MCPH_E_INVALID_ARGUMENT, "need_input() twice");
  if (blocks_ > 0 || !structured_.empty()) {
    return refuse(MCPH_E_INVALID_ARGUMENT, "need_input() besides an answer");
  }
  if (completes(action_)) return refuse(MCPH_E_INVALID_ARGUMENT, "need_input() of a completion");
  if (requests_json.size() > kInputRequestsBytesMax || state.size() > kInputStateBytesMax) {
    return refuse(MCPH_E_LIMIT, "need_input() with requests or a state that are too large");
  }
  if (const auto complaint = check_input_requests(requests_json)) {
    return refuse(MCPH_E_INVALID_ARGUMENT, "need_input() with " + *complaint);
  }
  questions_ = requests_json;
  state_ = state;
  return MCPH_OK;
}

mcph_status CallSink::set_failure(mcph_status why, std::string_view text, std::string_view detail) {
  if (why_) return refuse(MCPH_E_INVALID_ARGUMENT, "fail() twice");
  if (why >= 0) return refuse(MCPH_E_INVALID_ARGUMENT, "fail() without a reason");
  why_ = why;
  if (is_utf8(text)) {
    text_ = shorten(text, kFailTextBytesMax);
  } else {
    note_fault("fail() with a text that is not UTF-8");
  }
  if (is_utf8(detail)) detail_ = shorten(detail, kDetailBytesMax);
  return MCPH_OK;
}

mcph_status CallSink::reason(mcph_status status) const noexcept {
  return why_.value_or(status);
}

Outcome CallSink::make_failed() {
  const auto text = [&](const char* otherwise) {
    return text_.empty() ? name_kind(action_) + otherwise : text_;
  };
  if (*why_ == MCPH_E_INVALID_ARGUMENT) {
    return plugins::make_outcome(Outcome::Kind::kInvalidParams, text(" refused its arguments."));
  }
  if (*why_ == MCPH_E_NOT_FOUND && action_ == Action::kReadResource) {
    return plugins::make_outcome(Outcome::Kind::kUnknown, text(" does not exist."));
  }
  return make_error(action_, text(" failed."));
}

Outcome CallSink::make_invalid() {
  return plugins::make_outcome(Outcome::Kind::kFailed,
                               name_kind(action_) + " gave an answer that is not valid.");
}

std::optional<std::string> CallSink::check_structured(const schema::Schema* output) const {
  if (!completes(action_) && output == nullptr) return std::nullopt;
  if (structured_.empty()) return "nothing structured";
  const auto value = parse_json(structured_);
  if (!value.ok()) return value.error().message;
  if (!completes(action_)) return output->check(*value);
  if (!value->is_object()) return "a completion that is no object";
  const auto complaint = check_completion(value->get_object());
  return complaint ? std::optional<std::string>(*complaint) : std::nullopt;
}

Outcome CallSink::make_outcome(mcph_status status, const schema::Schema* output) {
  if (why_) return make_failed();
  if (broken_) return make_invalid();
  if (status != MCPH_OK) {
    note_fault("a status without fail()");
    return make_error(action_, name_kind(action_) + " failed.");
  }
  if (!questions_.empty()) {
    Outcome outcome;
    outcome.kind = Outcome::Kind::kNeedsInput;
    outcome.input_requests = std::move(questions_);
    outcome.state = std::move(state_);
    return outcome;
  }
  if (blocks_ == 0 && structured_.empty()) {
    note_fault("returned OK without an answer");
    return plugins::make_outcome(Outcome::Kind::kFailed, name_kind(action_) + " gave no answer.");
  }
  if (const auto complaint = check_structured(output)) {
    note_fault("the answer breaks the output schema: " + *complaint);
    return make_invalid();
  }
  Outcome outcome;
  outcome.content = std::move(content_);
  outcome.content += ']';
  outcome.structured = std::move(structured_);
  return outcome;
}

}  // namespace mcph::plugins
