// Asks a legacy client what a plugin wants to know: sampling, elicitation, roots. The modern
// protocol has the client come back with its answers instead. Thread-safe, never blocks.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "mcp/legacy/sessions.h"
#include "mcp/reply.h"

namespace mcph::mcp {

class ClientQuestions {
 public:
  virtual ~ClientQuestions() = default;

  // Called once, on any thread: the JSON object {key: answer} with an answer to each request, or
  // why there is none (the client refused one, cannot be asked, or let the deadline pass).
  using Answered = std::function<void(Result<std::string> input_responses)>;

  // `requests` is the plugin's {key: {"method","params"}}. The client is asked on the stream of the
  // request it is about; its answers may arrive at any host.
  virtual void ask(const OpenSessionPtr& session, const ReplyPtr& reply, std::string requests,
                   SteadyTime deadline, Answered answered) = 0;

  // Takes back what is not answered yet: the call was cancelled. To be called before the reply is
  // ended, for the client is told on it. `answered` is not called any more.
  virtual void withdraw(const ReplyPtr& reply) = 0;
};

}  // namespace mcph::mcp
