// The API itself: who may do what on which path. Thread-safe.
//   GET    /api/todos                                  {todos}   todo_api:read
//   POST   /api/todos       {"todoText": "…"}     201  {todos}   todo_api:write
//   PATCH  /api/todos/:id   {"completed": true}        {todos}   todo_api:write
//   DELETE /api/todos/:id                              {todos}   todo_api:write
// Everything needs a bearer token, unknown paths too. Errors are {"error","error_description"}.
#pragma once

#include "base/executor.h"
#include "base/http_message.h"
#include "observability/log.h"
#include "todo_api/faults.h"
#include "todo_api/todo_store.h"
#include "todo_api/token_verifier.h"

namespace mcph::todo_api {

inline constexpr std::size_t kBodyBytesMax = 64 * 1024;  // a to-do is a line or two
inline constexpr std::size_t kTextBytesMax = 4000;

class Service {
 public:
  // `faults` is null unless tests want some.
  Service(TokenVerifier& tokens, TodoStore& todos, Faults* faults, Executor& executor,
          const Log& log);

  // Does not block: the work is the executor's.
  void handle(Request request, ExchangePtr exchange);
  // The answer to one request. Blocks.
  Response answer(const Request& request);

 private:
  Response answer_to(const Owner& owner, const Request& request);
  Response respond(int status, Result<std::string> list) const;

  TokenVerifier& tokens_;
  TodoStore& todos_;
  Faults* const faults_;
  Executor& executor_;
  const Log& log_;
};

}  // namespace mcph::todo_api
