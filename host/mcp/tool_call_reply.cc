#include "mcp/tool_call_reply.h"

#include <utility>

#include "mcp/meta.h"
#include "mcp/shaping.h"

namespace mcph::mcp {
namespace {

std::string_view to_string(Outcome::Kind kind) {
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
      return "unknown_tool";
    case Outcome::Kind::kSignInAgain:
      return "sign_in_again";
    case Outcome::Kind::kOverloaded:
      return "overloaded";
    case Outcome::Kind::kFailed:
      break;
  }
  return "failed";
}

std::string make_text_block(std::string_view text) {
  std::string block = R"([{"type":"text","text":)";
  append_json_string(block, text);
  block += "}]";
  return block;
}

// What a model can correct itself is a result, so that it gets to see it (SEP-1303, in force since
// 2025-11-25); before, it was a protocol error.
bool reports_bad_arguments_in_band(Version version) {
  return version >= Version::k2025_11_25;
}

}  // namespace

ToolCallReply::ToolCallReply(const Services& services, const RequestContext& context,
                             std::string tool)
    : services_(services),
      id_(context.message.id),
      tool_(std::move(tool)),
      version_(context.version),
      session_(context.session),
      reply_(context.reply),
      started_(services.clock.steady()),
      progress_(find_progress_token(context.message), started_) {}

ToolCallReply::~ToolCallReply() {
  if (session_ != nullptr) services_.calls_in_flight.remove(session_->id_hash, id_, this);
}

void ToolCallReply::progress(double done, double total, std::string_view message) {
  if (!progress_.wanted() || ended()) return;
  const std::string notification =
      progress_.make_notification(done, total, message, services_.clock.steady());
  if (!notification.empty()) reply_->notify(notification);
}

void ToolCallReply::finished(Outcome outcome) {
  {
    const std::lock_guard lock(mutex_);
    call_.reset();
    if (std::exchange(ended_, true)) return;
  }
  if (services_.log.enabled(LogLevel::kDebug)) {
    const auto took =
        std::chrono::duration_cast<std::chrono::microseconds>(services_.clock.steady() - started_);
    services_.log.debug("mcp.call", {{"tool", tool_},
                                     {"outcome", to_string(outcome.kind)},
                                     {"is_error", outcome.is_error},
                                     {"us", took.count()}});
  }
  answer(std::move(outcome));
}

void ToolCallReply::answer(Outcome outcome) {
  using Kind = Outcome::Kind;
  switch (outcome.kind) {
    case Kind::kResult:
      return send_result(std::move(outcome));
    case Kind::kBadArguments:
      if (reports_bad_arguments_in_band(version_)) {
        Outcome refused;
        refused.content = make_text_block(outcome.text);
        refused.is_error = true;
        return send_result(std::move(refused));
      }
      return reply_->send_rejection(id_, rejections::invalid_params(outcome.text));
    case Kind::kInvalidParams:
      return reply_->send_rejection(id_, rejections::invalid_params(outcome.text));
    case Kind::kUnknown:
      return reply_->send_rejection(id_, rejections::invalid_params("Unknown tool: " + tool_));
    case Kind::kSignInAgain:
      return reply_->send_rejection(
          id_, rejections::sign_in_again(services_.challenges.sign_in_again()));
    case Kind::kOverloaded:
      return reply_->send_rejection(
          id_, rejections::unavailable(outcome.text.empty() ? "Too many calls" : outcome.text));
    case Kind::kNeedsInput:
    case Kind::kFailed:
      break;
  }
  services_.log.warn("mcp.call_failed", {{"tool", tool_}, {"message", outcome.text}});
  reply_->send_rejection(
      id_, rejections::internal_error(outcome.text.empty() ? "Internal error" : outcome.text));
}

void ToolCallReply::send_result(Outcome outcome) {
  // Clients that do not know structured content read it as text.
  if (outcome.content == "[]" && !outcome.structured.empty()) {
    outcome.content = make_text_block(outcome.structured);
  }
  const std::string content = shape_content(std::move(outcome.content), version_);
  std::string body;
  body.reserve(content.size() + outcome.structured.size() + 320);
  append_result_head(body, id_);
  body += R"({"content":)";
  body += content;
  if (!outcome.structured.empty() && version_ >= Version::k2025_06_18) {
    body += R"(,"structuredContent":)";
    body += outcome.structured;
  }
  if (outcome.is_error) body += R"(,"isError":true)";
  body += version_ == kModern ? std::string_view(services_.server_info.modern_end()) : "}";
  body += '}';
  reply_->send_result(std::move(body));
}

void ToolCallReply::follow(std::shared_ptr<RunningCall> call) {
  {
    const std::lock_guard lock(mutex_);
    if (ended_ || call == nullptr) return;
    call_ = std::move(call);
  }
  if (session_ != nullptr) {
    services_.calls_in_flight.add(session_->id_hash, id_, weak_from_this());
    // A legacy client that goes away may come back: only its word cancels (MCP 2025-11-25,
    // transports: "Disconnection SHOULD NOT be interpreted as the client cancelling").
    return;
  }
  reply_->on_client_gone([weak = weak_from_this()] {
    if (const auto alive = weak.lock()) alive->cancel();
  });
}

void ToolCallReply::cancel() {
  std::shared_ptr<RunningCall> call;
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(ended_, true)) return;
    call = std::move(call_);
  }
  reply_->end_silently();
  if (call != nullptr) call->cancel();
}

bool ToolCallReply::ended() const {
  const std::lock_guard lock(mutex_);
  return ended_;
}

}  // namespace mcph::mcp
