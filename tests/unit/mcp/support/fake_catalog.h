// A catalogue whose behaviour a test writes down. Thread-safe.
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
#include "mcp/uri_template.h"

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
  void log(LogLevel level, std::string_view message, std::string_view fields = {}) {
    observer_->log(level, message, fields);
  }
  void release_stream() { observer_->release_stream(); }
  bool become_task() { return observer_->become_task(); }
  void finish(mcp::Outcome outcome) {
    if (!finished_.exchange(true)) std::exchange(observer_, nullptr)->finished(std::move(outcome));
  }
  bool cancelled() const { return cancelled_; }

 private:
  std::shared_ptr<mcp::CallObserver> observer_;
  std::atomic<bool> cancelled_{false};
  std::atomic<bool> finished_{false};
};

// Asks for `requests`; the arguments and the meta are filled in by the catalogue.
inline mcp::Outcome make_question(std::string requests, std::string state = {}) {
  mcp::Outcome outcome;
  outcome.kind = mcp::Outcome::Kind::kNeedsInput;
  outcome.input_requests = std::move(requests);
  outcome.state = std::move(state);
  return outcome;
}

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
    if (definition.empty()) {
      definition =
          R"({"name":")" + name + R"(","description":"A tool","inputSchema":{"type":"object"}})";
    }
    change([&](mcp::Offers& next) {
      insert(next.tools, {name, "fake", std::move(definition), std::move(scopes)});
    });
    behave(std::move(name), std::move(behaviour));
  }
  void add_task_tool(std::string name, mcp::TaskUse use, Behaviour behaviour) {
    change([&](mcp::Offers& next) {
      insert(next.tools, {name, "fake", R"({"name":")" + name + R"(","inputSchema":{}})", {}, use});
    });
    behave(std::move(name), std::move(behaviour));
  }
  void add_resource(std::string uri, Behaviour behaviour, std::vector<std::string> scopes = {}) {
    change([&](mcp::Offers& next) {
      insert(next.resources, {uri, "fake", R"({"uri":")" + uri + R"(","name":"r","title":"R"})",
                              std::move(scopes)});
    });
    behave(std::move(uri), std::move(behaviour));
  }
  void add_template(std::string uri, Behaviour behaviour, std::vector<std::string> scopes = {}) {
    change([&](mcp::Offers& next) {
      insert(next.templates,
             {uri, "fake", R"({"uriTemplate":")" + uri + R"(","name":"t"})", std::move(scopes)});
    });
    behave(std::move(uri), std::move(behaviour));
  }
  void add_prompt(std::string name, Behaviour behaviour, std::vector<std::string> scopes = {}) {
    change([&](mcp::Offers& next) {
      insert(next.prompts, {name, "fake",
                            R"({"name":")" + name +
                                R"(","arguments":[{"name":"a","title":"A","required":true}]})",
                            std::move(scopes)});
    });
    behave(std::move(name), std::move(behaviour));
  }
  // That many tools, in one change.
  void fill_with_tools(int count) {
    change([&](mcp::Offers& next) {
      next.tools.items.clear();
      for (int i = 0; i < count; ++i) {
        const std::string name = "tool_" + std::to_string(100'000 + i);
        next.tools.items.push_back(
            {name,
             "fake",
             R"({"name":")" + name +
                 R"(","description":"One of many tools of a large installation",)"
                 R"("inputSchema":{"type":"object","properties":{"query":{"type":"string"}}}})",
             {}});
      }
    });
  }
  void set_completes() {
    change([](mcp::Offers& next) { next.completes = true; });
  }
  void set_announces() {
    change([](mcp::Offers& next) { next.announces = true; });
  }
  // A tool whose calls wait in `pending()`.
  void add_pending(std::string name) { add(std::move(name), nullptr); }
  void remove(std::string_view name) {
    change([&](mcp::Offers& next) {
      std::erase_if(next.tools.items, [&](const mcp::Item& tool) { return tool.name == name; });
    });
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
      last_ = call;
      behaviour = behaviours_[find_name(call)];
      if (!behaviour) return pending_ = std::make_shared<PendingCall>(std::move(observer));
    }
    mcp::Outcome outcome = behaviour(call, *observer);
    if (outcome.kind == mcp::Outcome::Kind::kNeedsInput) {
      outcome.arguments = to_json(json::value(call.arguments));
      outcome.meta = call.meta;
    }
    observer->finished(std::move(outcome));
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
  mcp::Call last_call() const {
    const std::lock_guard lock(mutex_);
    return last_;
  }
  std::string last_meta() const { return last_call().meta; }

 private:
  static void insert(mcp::ItemList& list, mcp::Item item) {
    list.items.push_back(std::move(item));
    std::sort(list.items.begin(), list.items.end(),
              [](const mcp::Item& a, const mcp::Item& b) { return a.name < b.name; });
  }
  template <class Change>
  void change(const Change& what) {
    const std::lock_guard lock(mutex_);
    auto next = std::make_shared<mcp::Offers>(*list_);
    what(*next);
    ++next->generation;
    list_ = std::move(next);
  }
  void behave(std::string name, Behaviour behaviour) {
    const std::lock_guard lock(mutex_);
    behaviours_[std::move(name)] = std::move(behaviour);
  }
  // The resource of that URI, or the template that makes it.
  std::string find_name(const mcp::Call& call) const {
    if (call.action != mcp::Action::kReadResource || list_->resources.find(call.name) != nullptr) {
      return call.name;
    }
    for (const mcp::Item& item : list_->templates.items) {
      if (mcp::UriTemplate::parse(item.name)->match(call.name)) return item.name;
    }
    return call.name;
  }

  mutable std::mutex mutex_;
  std::shared_ptr<const mcp::Offers> list_ = std::make_shared<mcp::Offers>();
  std::map<std::string, Behaviour> behaviours_;
  std::shared_ptr<PendingCall> pending_;
  int calls_ = 0;
  mcp::Call last_;
};

}  // namespace mcph::test
