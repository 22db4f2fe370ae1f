// Collects the answer of one call and checks it: UTF-8, JSON, sizes, and that there is exactly one.
// Everything in it comes from the plugin. Not thread-safe: PluginCall locks.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "mcp/catalog.h"
#include "mcph/abi.h"
#include "plugins/descriptor.h"

namespace mcph::plugins {

class CallSink {
 public:
  mcph_status add_content(std::string_view block_json);
  mcph_status set_structured(std::string_view json);
  // Replaces what was said before: nothing of it has reached the client.
  mcph_status set_failure(mcph_status why, std::string_view text, std::string_view detail);

  // What the call came to, once its handler has returned `status` (MCPH_OK for a completed
  // PENDING).
  mcp::Outcome make_outcome(mcph_status status, const ToolDescriptor& tool);
  // The status the plugin gave, whether by fail() or by returning it.
  mcph_status reason(mcph_status status) const noexcept;

  // The first thing the plugin did wrong, for the log and the fault counter; empty: nothing.
  const std::string& fault() const noexcept { return fault_; }
  const std::string& detail() const noexcept { return detail_; }
  void clear() { *this = CallSink(); }

 private:
  mcph_status refuse(mcph_status status, std::string_view what);

  std::string content_ = "[";
  std::size_t blocks_ = 0;
  std::string structured_;
  std::optional<mcph_status> why_;  // fail() was called
  std::string text_;
  std::string detail_;
  std::string fault_;
  bool broken_ = false;  // a part of the answer was refused: the rest alone could mislead
};

mcp::Outcome make_error_result(std::string_view text);
// Why there is no upstream token: a sign-in that has ended, or a service that will be back.
mcp::Outcome make_token_outcome(const Error& error);
mcp::Outcome make_outcome(mcp::Outcome::Kind kind, std::string text);

}  // namespace mcph::plugins
