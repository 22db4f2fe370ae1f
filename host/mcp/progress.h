// The rules for progress notifications of one call: only with a token, values that grow, and not
// too many (MCP, progress). Not thread-safe; the calls of one tool call never overlap.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "mcp/jsonrpc.h"
#include "mcp/permits.h"

namespace mcph::mcp {

class Progress {
 public:
  // An empty token: the client asked for none.
  Progress(JsonToken token, SteadyTime now);

  bool wanted() const noexcept { return !token_.empty(); }
  // The notification to send, or empty when this one has to be left out. `total` counts only when
  // it is above zero.
  std::string make_notification(double done, double total, std::string_view message,
                                SteadyTime now);

 private:
  const JsonToken token_;
  double last_;
  Permits permits_;
};

}  // namespace mcph::mcp
