#include "mcp/call_reply.h"

#include <utility>

#include "mcp/call_answer.h"
#include "mcp/client_capabilities.h"
#include "mcp/input_requests.h"
#include "mcp/limits.h"
#include "mcp/log_notification.h"
#include "mcp/meta.h"
#include "mcp/tasks/task_json.h"
#include "mcp/tasks/tasks.h"
#include "observability/audit_types.h"

namespace mcph::mcp {
namespace {

// The arguments the client sent, as the call that asks had them. Those of a resource are made from
// its URI, so they are none of the client's.
json::object read_arguments(Action action, const Outcome& outcome) {
  if (action == Action::kReadResource) return {};
  Result<json::value> parsed = parse_json(outcome.arguments);
  json::object* object = parsed.ok() ? parsed->if_object() : nullptr;
  return object != nullptr ? std::move(*object) : json::object();
}

}  // namespace

CallReply::CallReply(const Services& services, const RequestContext& context, const Call& call)
    : services_(services),
      id_(context.message.id),
      action_(call.action),
      name_(call.name),
      caller_(call.caller),
      version_(context.version),
      capabilities_(context.capabilities()),
      session_(context.session),
      log_level_(context.session == nullptr ? context.log_level() : std::nullopt),
      reply_(context.reply),
      may_become_task_(call.may_become_task),
      started_(services.clock.steady()),
      progress_(find_progress_token(context.message), started_),
      log_permits_(started_),
      attempt_(call.attempt) {}

CallReply::~CallReply() {
  if (session_ != nullptr) services_.calls_in_flight.remove(session_->id_hash, id_, this);
}

void CallReply::progress(double done, double total, std::string_view message) {
  if (const auto task = this->task()) return task->progress(done, total, message);
  if (!progress_.wanted() || ended()) return;
  const std::string notification =
      progress_.make_notification(done, total, message, services_.clock.steady());
  if (!notification.empty()) reply_->notify(notification);
}

void CallReply::log(LogLevel level, std::string_view message, std::string_view fields_json) {
  const std::optional<Severity> wanted = session_ != nullptr ? session_->log_level() : log_level_;
  const Severity severity = to_severity(level);
  if (!wanted.has_value() || severity < *wanted || ended()) return;
  if (!log_permits_.take(services_.clock.steady())) return;
  reply_->notify(make_log_notification(severity, message, fields_json));
}

void CallReply::release_stream() {
  if (!ended()) reply_->release();
}

bool CallReply::become_task() {
  if (task() != nullptr) return true;
  if (!may_become_task_) return false;
  const CatalogViewPtr view = services_.views.get();
  const Item* tool = view->offers().tools.find(name_);
  if (tool == nullptr || ended()) return false;
  const auto task = services_.tasks.start({caller_, name_, tool->scopes, capabilities_, attempt_});
  if (!task.ok()) {
    services_.log.failure(LogLevel::kWarn, "mcp.no_task", task.error());
    return false;
  }
  if (!hand_over(*task)) {
    (*task)->end("The client left before it knew of the task");
    return false;
  }
  // SEP-2663: the task is stored by now, so the client may ask for it at once.
  std::string body;
  append_result_head(body, id_);
  body += '{';
  append_task(body, (*task)->task(), services_.tasks.poll_interval());
  body += services_.server_info.modern_task_end();
  body += '}';
  reply_->send_result(std::move(body));
  return true;
}

bool CallReply::hand_over(const std::shared_ptr<TaskRun>& task) {
  std::shared_ptr<RunningCall> call;
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(ended_, true)) return false;
    task_ = task;
    call = std::move(call_);
  }
  task->follow(std::move(call));
  return true;
}

void CallReply::finished(Outcome outcome) {
  if (const auto task = this->task()) return task->finished(std::move(outcome));
  if (outcome.kind == Outcome::Kind::kNeedsInput && !may_ask(action_)) {
    outcome.kind = Outcome::Kind::kFailed;
    outcome.text = "The plugin asked where nobody may be asked";
  }
  const bool asks_legacy = outcome.kind == Outcome::Kind::kNeedsInput && session_ != nullptr;
  {
    const std::lock_guard lock(mutex_);
    call_.reset();
    ++round_;
    if (ended_) return;
    ended_ = !asks_legacy;
  }
  note(outcome);
  if (asks_legacy) return ask(std::move(outcome));
  answer(std::move(outcome));
}

// Who did what, and how long it took; never with what, nor what came of it.
void CallReply::audit(const Outcome& outcome, std::chrono::microseconds took) const {
  if (services_.audit == nullptr || action_ != Action::kCallTool) return;
  AuditEvent event;
  event.type = audit_types::kToolCalled;
  const bool failed = outcome.is_error || outcome.kind == Outcome::Kind::kFailed;
  event.outcome = failed ? AuditOutcome::kFailed : AuditOutcome::kDone;
  event.actor = AuditActor::kPerson;
  event.principal = caller_->principal;
  event.client = caller_->client;
  event.grant = caller_->grant;
  event.details = {{"tool", name_},
                   {"outcome", std::string(to_string(outcome.kind))},
                   {"us", std::to_string(took.count())}};
  services_.audit->note(std::move(event));
}

void CallReply::note(const Outcome& outcome) const {
  const auto took =
      std::chrono::duration_cast<std::chrono::microseconds>(services_.clock.steady() - started_);
  audit(outcome, took);
  if (!services_.log.enabled(LogLevel::kDebug)) return;
  services_.log.debug("mcp.call", {{"action", to_string(action_)},
                                   {"name", name_},
                                   {"outcome", to_string(outcome.kind)},
                                   {"is_error", outcome.is_error},
                                   {"us", took.count()}});
}

void CallReply::answer(Outcome&& outcome) {
  if (outcome.kind == Outcome::Kind::kNeedsInput) return send_questions(outcome);
  if (outcome.kind == Outcome::Kind::kFailed) {
    services_.log.warn(
        "mcp.call_failed",
        {{"action", to_string(action_)}, {"name", name_}, {"message", outcome.text}});
  }
  send_answer({services_.server_info, services_.challenges, action_, name_, version_}, id_, *reply_,
              std::move(outcome));
}

// MCP 2026-07-28, multi round-trip requests.
void CallReply::send_questions(const Outcome& outcome) {
  const auto needed = find_needed_capabilities(outcome.input_requests);
  if (!needed.has_value()) return give_up("The plugin asked for something that does not exist");
  // All or nothing: a plugin that asks for a part at a time looks at the capabilities itself.
  if ((*needed & ~capabilities_) != 0) {
    return reply_->send_rejection(id_,
                                  rejections::missing_capabilities(make_capabilities(*needed)));
  }
  if (attempt_ >= limits::kInputRoundsMax) return give_up("The plugin asked too often");
  const std::string binding =
      RequestStates::make_binding(*caller_, action_, name_, read_arguments(action_, outcome));
  std::string body;
  append_result_head(body, id_);
  body += R"({"inputRequests":)";
  body += outcome.input_requests;
  body += R"(,"requestState":)";
  append_json_string(body, services_.request_states.seal({attempt_ + 1, outcome.state}, binding));
  body += services_.server_info.modern_input_end();
  body += '}';
  reply_->send_result(std::move(body));
}

void CallReply::ask(Outcome&& outcome) {
  const auto needed = find_needed_capabilities(outcome.input_requests);
  if (!needed.has_value()) return give_up("The plugin asked for something that does not exist");
  const auto missing = static_cast<std::uint16_t>(*needed & ~capabilities_);
  if (missing != 0) return give_up(make_missing_text(missing));
  if (attempt_ >= limits::kInputRoundsMax) return give_up("The plugin asked too often");
  if (services_.client_questions == nullptr) return give_up("Clients of this host are not asked");
  {
    const std::lock_guard lock(mutex_);
    if (ended_) return;
    asking_ = true;
  }
  std::string requests = outcome.input_requests;
  services_.client_questions->ask(
      session_, reply_, std::move(requests), services_.clock.steady() + limits::kRequestStateTtl,
      [self = shared_from_this(),
       question = std::move(outcome)](Result<std::string> answers) mutable {
        self->go_on(std::move(question), std::move(answers));
      });
}

void CallReply::go_on(Outcome&& question, Result<std::string> answers) {
  std::uint32_t round = 0;
  {
    const std::lock_guard lock(mutex_);
    asking_ = false;
    if (ended_) return;
    round = round_;
  }
  if (!answers.ok()) return give_up(answers.error().message);
  Call call;
  call.action = action_;
  call.name = name_;
  call.arguments = read_arguments(action_, question);
  call.caller = caller_;
  call.deadline = services_.clock.steady() + services_.call_timeout;
  call.meta = std::move(question.meta);
  call.attempt = ++attempt_;
  call.input_responses = std::move(*answers);
  call.state = std::move(question.state);
  follow(services_.catalog.call(std::move(call), shared_from_this()), round);
}

// What a model can read is worth more to it than a protocol error.
void CallReply::give_up(std::string_view why) {
  {
    const std::lock_guard lock(mutex_);
    if (session_ != nullptr && std::exchange(ended_, true)) return;
  }
  Outcome outcome;
  if (session_ != nullptr && action_ == Action::kCallTool) {
    outcome = make_error_outcome(why);
  } else {
    outcome.kind = Outcome::Kind::kFailed;
    outcome.text = why;
  }
  answer(std::move(outcome));
}

void CallReply::follow(std::shared_ptr<RunningCall> call, std::uint32_t round) {
  std::shared_ptr<TaskRun> task;
  {
    const std::lock_guard lock(mutex_);
    task = task_;
    if (task == nullptr) {
      if (ended_) return;
      if (round == round_) call_ = std::move(call);
      if (std::exchange(followed_, true)) return;
    }
  }
  if (task != nullptr) return task->follow(std::move(call));
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

void CallReply::cancel() {
  std::shared_ptr<RunningCall> call;
  bool asking = false;
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(ended_, true)) return;
    call = std::move(call_);
    asking = std::exchange(asking_, false);
  }
  if (asking) services_.client_questions->withdraw(reply_);
  reply_->end_silently();
  if (call != nullptr) call->cancel();
}

std::shared_ptr<TaskRun> CallReply::task() const {
  const std::lock_guard lock(mutex_);
  return task_;
}

bool CallReply::ended() const {
  const std::lock_guard lock(mutex_);
  return ended_;
}

}  // namespace mcph::mcp
