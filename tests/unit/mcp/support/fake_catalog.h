// A catalogue of tools whose behaviour a test writes down. Thread-safe.
#pragma once

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "mcp/catalog.h"

namespace mcph::test {

// A call that was started and waits for the test to finish it.
class PendingCall final : public mcp::RunningCall {
 public:
  explicit PendingCall(std::shared_ptr<mcp::CallObserver> observer)
      : observer_(std::move(observer)) {}
  void cancel() override {
    if (cancelled_.exchange(true)) return;
    mcp::Outcome outcome;
    outcome.kind = mcp::Outcome::Kind::kFailed;
    outcome.text = "cancelled";
    finish(std::move(outcome));
  }
  void progress(double done, double total = 0, std::string_view message = {}) {
    observer_->progress(done, total, message);
  }
  void finish(mcp::Outcome outcome) {
    if (!finished_.exchange(true)) std::exchange(observer_, nullptr)->finished(std::move(outcome));
  }
  bool cancelled() const { return cancelled_; }

 private:
  std::shared_ptr<mcp::CallObserver> observer_;
  std::atomic<bool> cancelled_{false};
  std::atomic<bool> finished_{false};
};

inline mcp::Outcome make_text_outcome(std::string_view text) {
  mcp::Outcome outcome;
  outcome.content = to_json(json::array{json::object{{"type", "text"}, {"text", text}}});
  return outcome;
}

class FakeCatalog final : public mcp::Catalog {
 public:
  using Behaviour = std::function<mcp::Outcome(const mcp::Call&, mcp::CallObserver&)>;

  // A tool that answers at once.
  void add(std::string name, Behaviour behaviour, std::vector<std::string> scopes = {},
           std::string definition = {}) {
    const std::lock_guard lock(mutex_);
    if (definition.empty()) {
      definition =
          R"({"name":")" + name + R"(","description":"A tool","inputSchema":{"type":"object"}})";
    }
    auto next = std::make_shared<mcp::Offers>(*list_);
    next->tools.items.push_back({name, "fake", std::move(definition), std::move(scopes)});
    std::sort(next->tools.items.begin(), next->tools.items.end(),
              [](const mcp::Item& a, const mcp::Item& b) { return a.name < b.name; });
    ++next->generation;
    list_ = std::move(next);
    behaviours_[std::move(name)] = std::move(behaviour);
  }
  // A tool whose calls wait in `pending()`.
  void add_pending(std::string name) { add(std::move(name), nullptr); }
  void remove(std::string_view name) {
    const std::lock_guard lock(mutex_);
    auto next = std::make_shared<mcp::Offers>(*list_);
    std::erase_if(next->tools.items, [&](const mcp::Item& tool) { return tool.name == name; });
    ++next->generation;
    list_ = std::move(next);
  }

  std::shared_ptr<const mcp::Offers> offers() const override {
    const std::lock_guard lock(mutex_);
    return list_;
  }
  std::shared_ptr<mcp::RunningCall> call(mcp::Call call,
                                         std::shared_ptr<mcp::CallObserver> observer) override {
    Behaviour behaviour;
    {
      const std::lock_guard lock(mutex_);
      ++calls_;
      last_meta_ = call.meta;
      behaviour = behaviours_[call.name];
      if (!behaviour) return pending_ = std::make_shared<PendingCall>(std::move(observer));
    }
    observer->finished(behaviour(call, *observer));
    return nullptr;
  }

  std::shared_ptr<PendingCall> pending() const {
    const std::lock_guard lock(mutex_);
    return pending_;
  }
  int calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
  }
  std::string last_meta() const {
    const std::lock_guard lock(mutex_);
    return last_meta_;
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const mcp::Offers> list_ = std::make_shared<mcp::Offers>();
  std::map<std::string, Behaviour> behaviours_;
  std::shared_ptr<PendingCall> pending_;
  int calls_ = 0;
  std::string last_meta_;
};

}  // namespace mcph::test
