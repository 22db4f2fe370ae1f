// What the host offers to MCP clients and how it is called. Implemented by plugins/. Thread-safe.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/caller.h"
#include "base/json.h"
#include "base/time.h"
#include "observability/log.h"

namespace mcph::mcp {

// Whether a call of a tool may go on as a task (extension io.modelcontextprotocol/tasks).
enum class TaskUse : std::uint8_t { kNever, kPossible, kRequired };

// One tool, resource, resource template or prompt.
struct Item {
  std::string name;                 // of a tool or prompt; the URI (template) of a resource
  std::string plugin;               // who offers it; for operators
  std::string definition;           // its object in the list, serialised once
  std::vector<std::string> scopes;  // the caller must hold them all
  TaskUse task_use = TaskUse::kNever;
};

// Sorted by name (bytewise), names unique.
struct ItemList {
  std::vector<Item> items;

  const Item* find(std::string_view name) const noexcept {
    const auto at = std::lower_bound(
        items.begin(), items.end(), name,
        [](const Item& item, std::string_view wanted) { return item.name < wanted; });
    return at != items.end() && at->name == name ? &*at : nullptr;
  }
};

// Everything offered at one moment. Immutable.
struct Offers {
  ItemList tools, resources, templates, prompts;
  bool completes = false;        // somebody completes arguments
  bool announces = false;        // somebody may announce changes
  std::uint64_t generation = 0;  // changes with the lists
  // What a person reads of a scope: the words of the plugin that needs it, of those that have some.
  std::map<std::string, std::string> scope_words;
};

enum class Action : std::uint8_t {
  kCallTool,
  kReadResource,
  kGetPrompt,
  kCompletePrompt,    // an argument of the prompt `name`
  kCompleteResource,  // a variable of the resource template `name`
};

struct Call {
  Action action = Action::kCallTool;
  std::string name;  // of the tool or prompt; for kReadResource the URI the client asked for
  // To complete: {"argument":{"name","value"},"context":{"arguments":{…}}}.
  json::object arguments;
  CallerPtr caller;
  SteadyTime deadline;
  std::string meta;  // JSON object of what the plugin may see of params._meta, or empty
  // Of the rounds after the plugin asked for input.
  std::uint32_t attempt = 0;
  std::string input_responses;  // JSON object {key: answer}, or empty
  std::string state;            // what the plugin gave with its last question
  // A call that may become a task may take this long instead.
  bool may_become_task = false;
  SteadyTime task_deadline{};
};

struct Outcome {
  enum class Kind {
    kResult,         // content, structured, is_error
    kNeedsInput,     // input_requests, state
    kBadArguments,   // `text` says what the schema refused; the plugin was not asked
    kInvalidParams,  // the plugin refused the arguments itself: JSON-RPC -32602 with `text`
    kUnknown,        // nothing of that name is offered, or the plugin has no such resource
    kSignInAgain,    // the user's upstream sign-in is gone
    kOverloaded,     // nothing was started; safe to retry
    kFailed,         // a fault of the host or of the plugin; `text` is safe to show
  };
  Kind kind = Kind::kResult;
  std::string content = "[]";  // JSON array of content blocks, ResourceContents or PromptMessages
  std::string structured;      // JSON, or empty; of a completion {"values",…}
  bool is_error = false;
  std::string input_requests;  // JSON object {key: {"method","params"}}
  std::string state;           // bytes, for the next round
  // With kNeedsInput, what the call was made with, as JSON: to make it again with the answers.
  std::string arguments;
  std::string meta;
  std::string text;
};

// Where a call reports to. Functions may be called from any thread, never two at once, and none
// after finished(). They must not block, but for become_task().
class CallObserver {
 public:
  virtual ~CallObserver() = default;
  virtual void progress(double done, double total, std::string_view message) = 0;
  // `fields_json`: a JSON object, or empty.
  virtual void log(LogLevel level, std::string_view message, std::string_view fields_json) = 0;
  // The answer will take a while: the client's connection may be closed until then.
  virtual void release_stream() = 0;
  // From here on the client polls for the answer. False when it cannot: the call goes on as it is.
  // Blocking; repeating is harmless.
  virtual bool become_task() = 0;
  virtual void finished(Outcome outcome) = 0;
};

// A call under way. cancel() asks it to stop; finished() still comes. Thread-safe, idempotent.
class RunningCall {
 public:
  virtual ~RunningCall() = default;
  virtual void cancel() = 0;
};

class Catalog {
 public:
  virtual ~Catalog() = default;
  virtual std::shared_ptr<const Offers> offers() const = 0;
  // Never blocks. finished() comes exactly once, possibly before call() returns.
  virtual std::shared_ptr<RunningCall> call(Call call, std::shared_ptr<CallObserver> observer) = 0;
};

}  // namespace mcph::mcp
