#include "mcp/legacy/questions.h"

#include <algorithm>
#include <utility>

#include "base/json.h"
#include "mcp/limits.h"

namespace mcph::mcp {
namespace {

// The text of a JSON-RPC id that is a string of ours; they have no characters to escape.
std::string_view text_of(std::string_view id) {
  return id.size() >= 2 && id.front() == '"' ? id.substr(1, id.size() - 2) : std::string_view{};
}

std::string make_answer(const Message& response) {
  std::string answer = response.error != nullptr ? R"({"error":)" : R"({"result":)";
  answer += to_json(response.error != nullptr ? *response.error : *response.result);
  answer += '}';
  return answer;
}

// The result, which every answer has to be, as JSON.
Result<std::string> read_answer(std::string_view answer) {
  if (answer.size() > limits::kAnswerBytesMax) {
    return Error{Code::kLimit, "The client's answer is too large", {}};
  }
  const json::value parsed = TRY(parse_json(answer));
  const json::object* object = parsed.if_object();
  const json::value* result = object != nullptr ? find(*object, "result") : nullptr;
  if (result != nullptr && result->is_object()) return to_json(*result);
  const json::object* error = object != nullptr ? find_object(*object, "error") : nullptr;
  const auto said = error != nullptr ? find_string(*error, "message") : std::nullopt;
  std::string message = "The client refused to answer";
  if (said) message.append(": ").append(said->substr(0, limits::kClientErrorBytesMax));
  return Error{Code::kForbidden, std::move(message), {}};
}

}  // namespace

void Questions::ask(const OpenSessionPtr& session, const ReplyPtr& reply, std::string requests,
                    SteadyTime deadline, Answered answered) {
  auto questions = make_questions(requests, *session, ids_);
  if (!questions.ok()) return answered(std::move(questions).error());
  const auto round = std::make_shared<QuestionRound>();
  round->session = session;
  round->reply = reply;
  round->deadline = deadline;
  round->answered = std::move(answered);
  round->questions = std::move(questions).value();
  std::vector<std::string> messages;
  for (const auto& [id, question] : round->questions) messages.push_back(question.message);
  if (!add(round)) {
    return round->answered(Error{Code::kLimit, "Too many questions wait for answers", {}});
  }
  for (const std::string& message : messages) {
    if (reply->notify(message)) continue;
    return finish(round, Error{Code::kUnavailable, "The client cannot be asked now", {}}, {});
  }
}

bool Questions::add(const RoundPtr& round) {
  const std::lock_guard lock(mutex_);
  if (waiting_.size() + round->questions.size() > limits::kQuestionsWaitingMax) return false;
  for (const auto& [id, question] : round->questions) waiting_.emplace(id, round);
  return true;
}

bool Questions::remove(const RoundPtr& round) {
  const std::lock_guard lock(mutex_);
  bool found = false;
  for (const auto& [id, question] : round->questions) found |= waiting_.erase(id) > 0;
  return found;
}

Questions::RoundPtr Questions::find(const std::string& question) const {
  const std::lock_guard lock(mutex_);
  const auto found = waiting_.find(question);
  return found != waiting_.end() ? found->second : nullptr;
}

std::vector<Questions::RoundPtr> Questions::find_all(const Wanted& wanted) const {
  std::vector<RoundPtr> found;
  const std::lock_guard lock(mutex_);
  for (const auto& [id, round] : waiting_) {
    if (!wanted(*round)) continue;
    if (std::find(found.begin(), found.end(), round) == found.end()) found.push_back(round);
  }
  return found;
}

// `reason`: what the client is told about questions it has not answered; empty when it knows.
void Questions::finish(const RoundPtr& round, Result<std::string> responses,
                       std::string_view reason) {
  if (!remove(round)) return;
  if (!reason.empty()) {
    for (const std::string& id : round->open_ids()) {
      round->reply->notify(make_question_cancelled(id, reason));
    }
  }
  const Answered answered = std::move(round->answered);
  answered(std::move(responses));
}

void Questions::withdraw(const ReplyPtr& reply) {
  for (const RoundPtr& round :
       find_all([&](const QuestionRound& one) { return one.reply == reply; })) {
    if (!remove(round)) continue;
    for (const std::string& id : round->open_ids()) {
      reply->notify(make_question_cancelled(id, "the request was cancelled"));
    }
  }
}

void Questions::take_response(const OpenSession& session, const Message& response) {
  const std::string question(text_of(response.id));
  const std::string answer = make_answer(response);
  if (const RoundPtr round = find(question)) {
    // The question is of one session; who answers for another knows too much.
    if (round->session->id_hash == session.id_hash) deliver(question, answer);
    return;
  }
  if (!ids_.is_of(session.id_hash, question)) return;
  if (answer.size() > limits::kAnswerBytesMax) {
    return hand_on(question, R"({"error":{"message":"The answer is too large"}})");
  }
  hand_on(question, answer);
}

void Questions::hand_on(const std::string& question, const std::string& answer) {
  const bool taken =
      parts_.executor.submit([this, question, sealed = sealer_.seal(answer, question)] {
        const Result<> put =
            parts_.answers.put(question, sealed, parts_.clock.now() + limits::kAnswerKept);
        if (!put.ok()) parts_.log.failure(LogLevel::kWarn, "mcp.answer_store", put.error());
      });
  if (!taken) parts_.log.warn("mcp.answer_lost");
}

void Questions::deliver(const std::string& question, std::string_view answer) {
  Result<std::string> result = read_answer(answer);
  RoundPtr complete;
  {
    const std::lock_guard lock(mutex_);
    const auto found = waiting_.find(question);
    if (found == waiting_.end()) return;
    QuestionRound& round = *found->second;
    if (!round.questions.at(question).answer.empty()) return;  // the first answer counts
    if (result.ok()) round.questions.at(question).answer = std::move(result).value();
    if (result.ok() && !round.is_complete()) return;
    if (!result.ok()) round.questions.at(question).answer = "null";  // it needs no other word
    complete = found->second;
  }
  if (!result.ok()) {
    return finish(complete, std::move(result).error(), "another question was refused");
  }
  std::string responses = complete->make_responses();
  finish(complete, std::move(responses), {});
}

void Questions::note_answer(const std::string& question) {
  if (find(question) == nullptr) return;  // another host's
  if (!parts_.executor.submit([this, question] { fetch(question); })) {
    parts_.log.warn("mcp.answer_lost");
  }
}

void Questions::look_for_answers() {
  std::vector<std::string> open;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, round] : waiting_) open.push_back(id);
  }
  if (open.empty()) return;
  const bool taken = parts_.executor.submit([this, open = std::move(open)] {
    for (const std::string& question : open) fetch(question);
  });
  if (!taken) parts_.log.warn("mcp.answer_lost");
}

void Questions::fetch(const std::string& question) {
  const auto sealed = parts_.answers.take(question);
  if (!sealed.ok()) {
    return parts_.log.failure(LogLevel::kWarn, "mcp.answer_store", sealed.error());
  }
  if (!sealed->has_value()) return;
  const auto answer = sealer_.open(**sealed, question);
  if (!answer) return parts_.log.warn("mcp.answer_unreadable");
  deliver(question, answer->reveal());
}

void Questions::check_deadlines() {
  const SteadyTime now = parts_.clock.steady();
  for (const RoundPtr& round :
       find_all([now](const QuestionRound& one) { return now >= one.deadline; })) {
    finish(round, Error{Code::kTimeout, "The client did not answer in time", {}},
           "the time to answer is over");
  }
}

void Questions::end_session(std::string_view id_hash) {
  for (const RoundPtr& round :
       find_all([id_hash](const QuestionRound& one) { return one.session->id_hash == id_hash; })) {
    finish(round, Error{Code::kUnavailable, "The client has ended its session", {}}, {});
  }
}

std::size_t Questions::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

}  // namespace mcph::mcp
