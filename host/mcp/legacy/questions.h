// The questions of this host that wait for their answers. The client may answer at any host: one
// that has not asked hands the answer on through the database. Nothing waits longer than its
// deadline, whatever the client does. Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/executor.h"
#include "mcp/jsonrpc.h"
#include "mcp/legacy/answer_store.h"
#include "mcp/legacy/client_questions.h"
#include "mcp/legacy/question_ids.h"
#include "mcp/legacy/question_round.h"
#include "observability/log.h"

namespace mcph::mcp {

class Questions final : public ClientQuestions {
 public:
  // All of it must outlive this.
  struct Parts {
    AnswerStore& answers;
    Executor& executor;
    const Clock& clock;
    const Log& log;
  };
  Questions(const Parts& parts, const crypto::KeySource& keys, Random& random)
      : parts_(parts), ids_(keys, random), sealer_(keys, "mcp.answer", random) {}

  void ask(const OpenSessionPtr& session, const ReplyPtr& reply, std::string requests,
           SteadyTime deadline, Answered answered) override;
  void withdraw(const ReplyPtr& reply) override;

  // A client's JSON-RPC response. Never blocks.
  void take_response(const OpenSession& session, const Message& response);
  // An answer for some host lies in the database.
  void note_answer(const std::string& question);
  // Such news may have been lost.
  void look_for_answers();
  // Ends what nobody answered in time. To be called every limits::kTick.
  void check_deadlines();
  void end_session(std::string_view id_hash);

  std::size_t waiting() const;

 private:
  using RoundPtr = std::shared_ptr<QuestionRound>;
  RoundPtr find(const std::string& question) const;
  bool remove(const RoundPtr& round);  // false when another thread did
  bool add(const RoundPtr& round);
  // `answer` is {"result":…} or {"error":…}.
  void deliver(const std::string& question, std::string_view answer);
  void finish(const RoundPtr& round, Result<std::string> responses, std::string_view reason);
  void fetch(const std::string& question);
  void hand_on(const std::string& question, const std::string& answer);
  using Wanted = std::function<bool(const QuestionRound& round)>;
  std::vector<RoundPtr> find_all(const Wanted& wanted) const;

  const Parts parts_;
  const QuestionIds ids_;
  const crypto::Sealer sealer_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, RoundPtr> waiting_;  // by request id
};

}  // namespace mcph::mcp
