// Answers of legacy clients on their way to the host that asked: it may be another one than the
// client sent them to. Implemented by store/. Thread-safe, blocking.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace mcph::mcp {

class AnswerStore {
 public:
  virtual ~AnswerStore() = default;
  // Tells every host that there is an answer to `question`. The first one stays.
  virtual Result<> put(const std::string& question, const std::string& sealed,
                       UnixTime expires_at) = 0;
  // Removes it. Nothing when there is none.
  virtual Result<std::optional<std::string>> take(const std::string& question) = 0;
};

}  // namespace mcph::mcp
