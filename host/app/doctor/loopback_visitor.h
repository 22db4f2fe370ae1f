// Where the browser comes back to when the doctor signs somebody in: a page on this machine that is
// there for one answer (RFC 8252 §7.3). Not thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/encoding.h"
#include "base/result.h"
#include "base/time.h"
#include "http/transport/server.h"
#include "observability/log.h"

namespace mcph::app {

class LoopbackVisitor {
 public:
  // The clock and the log must outlive it.
  static Result<std::unique_ptr<LoopbackVisitor>> open(const Clock& clock, const Log& log);
  ~LoopbackVisitor();

  std::string redirect_uri() const;
  // The parameters the browser brought, the first time. kTimeout when nobody came.
  Result<FormFields> wait(Milliseconds patience);

 private:
  struct Answer;
  LoopbackVisitor(std::shared_ptr<Answer> answer, std::unique_ptr<http::Server> server);

  const std::shared_ptr<Answer> answer_;
  const std::unique_ptr<http::Server> server_;
};

}  // namespace mcph::app
