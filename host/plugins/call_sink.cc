#include "plugins/call_sink.h"

#include "base/encoding.h"
#include "base/json.h"
#include "mcph/json_text.hpp"
#include "plugins/json_scan.h"
#include "plugins/limits.h"

namespace mcph::plugins {
namespace {

using Outcome = mcp::Outcome;

// Cut between code points.
std::string_view shorten(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace

Outcome make_outcome(Outcome::Kind kind, std::string text) {
  Outcome outcome;
  outcome.kind = kind;
  outcome.text = std::move(text);
  return outcome;
}

Outcome make_token_outcome(const Error& error) {
  if (error.code == Code::kUnauthorized) {
    return make_outcome(Outcome::Kind::kSignInAgain, "Your sign-in has expired.");
  }
  if (error.code == Code::kForbidden) return make_error_result(error.message);
  return make_error_result("The sign-in service cannot be reached right now.");
}

Outcome make_error_result(std::string_view text) {
  Outcome outcome;
  outcome.content = R"([{"type":"text","text":)";
  append_quoted(outcome.content, text);
  outcome.content += "}]";
  outcome.is_error = true;
  return outcome;
}

mcph_status CallSink::refuse(mcph_status status, std::string_view what) {
  broken_ = true;
  if (fault_.empty()) fault_ = what;
  return status;
}

mcph_status CallSink::add_content(std::string_view block_json) {
  if (why_) return refuse(MCPH_E_INVALID_ARGUMENT, "content() after fail()");
  if (blocks_ >= kBlocksMax || content_.size() + block_json.size() > kResultBytesMax) {
    return refuse(MCPH_E_LIMIT, "the answer is too large");
  }
  const auto block = scan_json_object(block_json);
  if (!block || block->type.empty()) {
    return refuse(MCPH_E_INVALID_ARGUMENT, "content() with what is no content block");
  }
  if (blocks_++ > 0) content_ += ',';
  content_ += block_json;
  return MCPH_OK;
}

mcph_status CallSink::set_structured(std::string_view json) {
  if (why_) return refuse(MCPH_E_INVALID_ARGUMENT, "structured() after fail()");
  if (!structured_.empty()) return refuse(MCPH_E_INVALID_ARGUMENT, "structured() twice");
  if (json.size() > kResultBytesMax) return refuse(MCPH_E_LIMIT, "the answer is too large");
  if (!scan_json_object(json)) {
    return refuse(MCPH_E_INVALID_ARGUMENT, "structured() with what is no JSON object");
  }
  structured_ = json;
  return MCPH_OK;
}

mcph_status CallSink::set_failure(mcph_status why, std::string_view text, std::string_view detail) {
  if (why_) return refuse(MCPH_E_INVALID_ARGUMENT, "fail() twice");
  if (why >= 0) return refuse(MCPH_E_INVALID_ARGUMENT, "fail() without a reason");
  why_ = why;
  if (is_utf8(text)) {
    text_ = shorten(text, kFailTextBytesMax);
  } else if (fault_.empty()) {
    fault_ = "fail() with a text that is not UTF-8";
  }
  if (is_utf8(detail)) detail_ = shorten(detail, kDetailBytesMax);
  return MCPH_OK;
}

mcph_status CallSink::reason(mcph_status status) const noexcept {
  return why_.value_or(status);
}

Outcome CallSink::make_outcome(mcph_status status, const ToolDescriptor& tool) {
  const auto fault = [this](std::string_view what) {
    if (fault_.empty()) fault_ = what;
  };
  if (why_) {
    if (*why_ == MCPH_E_INVALID_ARGUMENT) {
      return plugins::make_outcome(Outcome::Kind::kInvalidParams,
                                   text_.empty() ? "The tool refused its arguments." : text_);
    }
    return make_error_result(text_.empty() ? "The tool failed." : text_);
  }
  if (broken_) {
    return plugins::make_outcome(Outcome::Kind::kFailed,
                                 "The tool gave an answer that is not valid.");
  }
  if (status != MCPH_OK) {
    fault("a status without fail()");
    return make_error_result("The tool failed.");
  }
  if (blocks_ == 0 && structured_.empty()) {
    fault("returned OK without an answer");
    return plugins::make_outcome(Outcome::Kind::kFailed, "The tool gave no answer.");
  }
  if (tool.output) {
    const auto value =
        structured_.empty() ? Result<json::value>(json::value()) : parse_json(structured_);
    const auto complaint = value.ok() ? tool.output->check(*value) : value.error().message;
    if (complaint) {
      fault("the answer breaks the output schema: " + *complaint);
      return plugins::make_outcome(Outcome::Kind::kFailed,
                                   "The tool gave an answer that is not valid.");
    }
  }
  Outcome outcome;
  outcome.content = std::move(content_);
  outcome.content += ']';
  outcome.structured = std::move(structured_);
  return outcome;
}

}  // namespace mcph::plugins
