// Collects the answer of one call and checks it: UTF-8, JSON, shapes, sizes, and that there is
// exactly one. Everything in it comes from the plugin. Not thread-safe: PluginCall locks.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "mcp/catalog.h"
#include "mcph/abi.h"
#include "schema/schema.h"

namespace mcph::plugins {

class CallSink {
 public:
  explicit CallSink(mcp::Action action) : action_(action) {}

  mcph_status add_content(std::string_view json);
  mcph_status set_structured(std::string_view json);
  // Replaces what was said before: nothing of it has reached the client.
  mcph_status set_failure(mcph_status why, std::string_view text, std::string_view detail);
  // Instead of content, not besides it.
  mcph_status set_questions(std::string_view requests_json, std::string_view state);

  // What the call came to, once its handler has returned `status` (MCPH_OK for a completed
  // PENDING). `output` is the tool's output schema, or null.
  mcp::Outcome make_outcome(mcph_status status, const schema::Schema* output);
  // The status the plugin gave, whether by fail() or by returning it.
  mcph_status reason(mcph_status status) const noexcept;

  // The first thing the plugin did wrong, for the log and the fault counter; empty: nothing.
  const std::string& fault() const noexcept { return fault_; }
  const std::string& detail() const noexcept { return detail_; }
  void clear() { *this = CallSink(action_); }

 private:
  mcph_status refuse(mcph_status status, std::string_view what);
  std::optional<std::string> check_structured(const schema::Schema* output) const;
  mcp::Outcome make_failed();
  mcp::Outcome make_invalid();
  void note_fault(std::string_view what);

  mcp::Action action_;
  std::string content_ = "[";
  std::size_t blocks_ = 0;
  std::string structured_;
  std::string questions_;  // need_input() was called
  std::string state_;
  std::optional<mcph_status> why_;  // fail() was called
  std::string text_;
  std::string detail_;
  std::string fault_;
  bool broken_ = false;  // a part of the answer was refused: the rest alone could mislead
};

mcp::Outcome make_outcome(mcp::Outcome::Kind kind, std::string text);
// An error the model reads, of a tool; of anything else one of the protocol.
mcp::Outcome make_error(mcp::Action action, std::string_view text);
// Why there is no upstream token: a sign-in that has ended, or a service that will be back.
mcp::Outcome make_token_outcome(mcp::Action action, const Error& error);
// "The tool", "The prompt" ...
std::string name_kind(mcp::Action action);

}  // namespace mcph::plugins
