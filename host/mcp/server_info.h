// How this host introduces itself, and the parts of answers that never change, serialised once.
// Immutable, thread-safe.
#pragma once

#include <string>

#include "mcp/versions.h"

namespace mcph::mcp {

struct Introduction {
  std::string name = "mcp-host";
  std::string title;  // for people; may be empty
  std::string version;
  std::string instructions;  // for models; may be empty
};

class ServerInfo {
 public:
  explicit ServerInfo(const Introduction& introduction);

  // The Implementation object of `initialize`.
  const std::string& implementation(Version version) const noexcept;
  // ,"instructions":"…" or nothing.
  const std::string& instructions_member() const noexcept { return instructions_member_; }
  // What ends every modern result: ,"resultType":"complete","_meta":{…serverInfo…}} — with the
  // hints for caches in front of it in the second form. "private": what is seen may depend on who
  // asks, and no shared cache may guess (MCP 2026-07-28, caching).
  const std::string& modern_end() const noexcept { return modern_end_; }
  const std::string& modern_cacheable_end() const noexcept { return modern_cacheable_end_; }
  // The same of a result that asks for input, and of one that says that a task has begun.
  const std::string& modern_input_end() const noexcept { return modern_input_end_; }
  const std::string& modern_task_end() const noexcept { return modern_task_end_; }

 private:
  std::string implementation_;
  std::string untitled_implementation_;
  std::string instructions_member_;
  std::string modern_end_;
  std::string modern_cacheable_end_;
  std::string modern_input_end_;
  std::string modern_task_end_;
};

}  // namespace mcph::mcp
