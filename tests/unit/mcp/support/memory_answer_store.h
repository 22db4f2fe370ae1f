// Answers in memory. Thread-safe.
#pragma once

#include <functional>
#include <map>
#include <mutex>

#include "mcp/legacy/answer_store.h"

namespace mcph::test {

class MemoryAnswerStore final : public mcp::AnswerStore {
 public:
  // As the database's notification; called without a lock held.
  std::function<void(const std::string& question)> answered;

  Result<> put(const std::string& question, const std::string& sealed, UnixTime) override {
    {
      const std::lock_guard lock(mutex_);
      if (!answers_.emplace(question, sealed).second) return Ok{};
    }
    if (answered) answered(question);
    return Ok{};
  }
  Result<std::optional<std::string>> take(const std::string& question) override {
    const std::lock_guard lock(mutex_);
    const auto found = answers_.find(question);
    if (found == answers_.end()) return std::optional<std::string>{};
    std::optional<std::string> sealed = std::move(found->second);
    answers_.erase(found);
    return sealed;
  }
  std::size_t count() const {
    const std::lock_guard lock(mutex_);
    return answers_.size();
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string> answers_;
};

}  // namespace mcph::test
