// What a legacy client is asked, kept until the test answers for it. Thread-safe.
#pragma once

#include <mutex>
#include <string>
#include <utility>

#include "mcp/legacy/client_questions.h"

namespace mcph::test {

class FakeQuestions final : public mcp::ClientQuestions {
 public:
  void ask(const mcp::OpenSessionPtr&, const mcp::ReplyPtr&, std::string requests, SteadyTime,
           Answered answered) override {
    const std::lock_guard lock(mutex_);
    ++asked_;
    requests_ = std::move(requests);
    answered_ = std::move(answered);
  }
  void withdraw(const mcp::ReplyPtr&) override {
    const std::lock_guard lock(mutex_);
    ++withdrawn_;
    answered_ = nullptr;
  }

  void answer(Result<std::string> responses) {
    Answered answered;
    {
      const std::lock_guard lock(mutex_);
      answered = std::exchange(answered_, nullptr);
    }
    if (answered) answered(std::move(responses));
  }
  std::string requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  int asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }
  int withdrawn() const {
    const std::lock_guard lock(mutex_);
    return withdrawn_;
  }

 private:
  mutable std::mutex mutex_;
  std::string requests_;
  Answered answered_;
  int asked_ = 0;
  int withdrawn_ = 0;
};

}  // namespace mcph::test
