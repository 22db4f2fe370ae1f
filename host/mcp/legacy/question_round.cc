#include "mcp/legacy/question_round.h"

#include <algorithm>

#include "mcp/limits.h"

namespace mcph::mcp {
namespace {

// Before 2025-11-25 a form was the only kind of elicitation, and had no name.
void shape_params(json::object& params, std::string_view method, Version version) {
  if (method == "elicitation/create" && version < Version::k2025_11_25) params.erase("mode");
}

Error not_askable(std::string why) {
  return {Code::kInvalid, "The client cannot be asked: " + std::move(why), {}};
}

}  // namespace

bool QuestionRound::is_complete() const {
  return std::all_of(questions.begin(), questions.end(),
                     [](const auto& one) { return !one.second.answer.empty(); });
}

std::string QuestionRound::make_responses() const {
  std::string out = "{";
  for (const auto& [id, question] : questions) {
    if (out.size() > 1) out += ',';
    append_json_string(out, question.key);
    out += ':';
    out += question.answer;
  }
  out += '}';
  return out;
}

std::vector<std::string> QuestionRound::open_ids() const {
  std::vector<std::string> open;
  for (const auto& [id, question] : questions) {
    if (question.answer.empty()) open.push_back(id);
  }
  return open;
}

Result<std::map<std::string, QuestionRound::Question>> make_questions(std::string_view requests,
                                                                      const OpenSession& session,
                                                                      const QuestionIds& ids) {
  json::value parsed = TRY(parse_json(requests));
  json::object* all = parsed.if_object();
  if (all == nullptr || all->empty()) return not_askable("there is no question");
  if (all->size() > limits::kQuestionsPerRoundMax) return not_askable("too many questions");
  std::map<std::string, QuestionRound::Question> questions;
  for (auto& [key, value] : *all) {
    json::object* request = value.if_object();
    const auto method = request != nullptr ? find_string(*request, "method") : std::nullopt;
    if (!method) return not_askable("a question has no method");
    std::string id = ids.make(session.id_hash);
    std::string message = R"({"jsonrpc":"2.0","id":")" + id + R"(","method":)";
    append_json_string(message, *method);
    if (json::value* params = request->if_contains("params"); params != nullptr) {
      if (!params->is_object()) return not_askable("params is no object");
      shape_params(params->get_object(), *method, session.session.version);
      message += R"(,"params":)" + to_json(*params);
    }
    message += '}';
    questions.emplace(std::move(id),
                      QuestionRound::Question{std::string(key), std::move(message), {}});
  }
  return questions;
}

std::string make_question_cancelled(std::string_view id, std::string_view reason) {
  std::string out = R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":)";
  append_json_string(out, id);
  out += R"(,"reason":)";
  append_json_string(out, reason);
  out += "}}";
  return out;
}

}  // namespace mcph::mcp
