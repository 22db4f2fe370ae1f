// What one call asks its client at once, and what came back. Not thread-safe: Questions guards it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "mcp/legacy/client_questions.h"
#include "mcp/legacy/question_ids.h"

namespace mcph::mcp {

struct QuestionRound {
  struct Question {
    std::string key;      // the plugin's
    std::string message;  // the JSON-RPC request
    std::string answer;   // JSON, or empty while there is none
  };

  OpenSessionPtr session;
  ReplyPtr reply;
  SteadyTime deadline;
  ClientQuestions::Answered answered;
  std::map<std::string, Question> questions;  // by request id

  bool is_complete() const;
  // {key: answer, …}
  std::string make_responses() const;
  std::vector<std::string> open_ids() const;
};

// The questions of `requests`, {key: {"method","params"}}, each with an id.
Result<std::map<std::string, QuestionRound::Question>> make_questions(std::string_view requests,
                                                                      const OpenSession& session,
                                                                      const QuestionIds& ids);

// What a client is told about a question that needs no answer any more (MCP, cancellation).
std::string make_question_cancelled(std::string_view id, std::string_view reason);

}  // namespace mcph::mcp
