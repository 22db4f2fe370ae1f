// What the host offers to MCP clients and how it is called. Implemented by plugins/. Thread-safe.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/caller.h"
#include "base/json.h"
#include "base/time.h"

namespace mcph::mcp {

struct Tool {
  std::string name;
  std::string plugin;               // who offers it; for operators
  std::string definition;           // the Tool object of tools/list, serialised once
  std::vector<std::string> scopes;  // the caller must hold them all
};

// An immutable list, sorted by name (bytewise), names unique.
struct ToolList {
  std::vector<Tool> tools;
  std::uint64_t generation = 0;  // changes with the list
  const Tool* find(std::string_view name) const noexcept {
    const auto at = std::lower_bound(
        tools.begin(), tools.end(), name,
        [](const Tool& tool, std::string_view wanted) { return tool.name < wanted; });
    return at != tools.end() && at->name == name ? &*at : nullptr;
  }
};

struct ToolCall {
  std::string name;
  json::object arguments;
  CallerPtr caller;
  SteadyTime deadline;
  std::string meta;  // JSON object of params._meta, or empty
};

struct ToolOutcome {
  enum class Kind {
    kResult,         // content, structured, is_error
    kBadArguments,   // `text` says what the schema refused; the plugin was not asked
    kInvalidParams,  // the plugin refused the arguments itself: JSON-RPC -32602 with `text`
    kUnknownTool,
    kSignInAgain,  // the user's upstream sign-in is gone
    kOverloaded,   // nothing was started; safe to retry
    kFailed,       // a fault of the host or of the plugin; `text` is safe to show
  };
  Kind kind = Kind::kResult;
  std::string content = "[]";  // JSON array of content blocks
  std::string structured;      // JSON object, or empty
  bool is_error = false;
  std::string text;
};

// Where a call reports to. Functions may be called from any thread, never two at once, and none
// after finished(). They must not block.
class ToolCallObserver {
 public:
  virtual ~ToolCallObserver() = default;
  virtual void progress(double done, double total, std::string_view message) = 0;
  virtual void finished(ToolOutcome outcome) = 0;
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
  virtual std::shared_ptr<const ToolList> tools() const = 0;
  // Never blocks. finished() comes exactly once, possibly before call() returns.
  virtual std::shared_ptr<RunningCall> call(ToolCall call,
                                            std::shared_ptr<ToolCallObserver> observer) = 0;
};

}  // namespace mcph::mcp
