// Slows notifications of one call down to a trickle: a burst, then so many a second; what is above
// is left out (MCP, progress and logging: "SHOULD implement rate limiting"). Not thread-safe.
#pragma once

#include "base/time.h"

namespace mcph::mcp {

class Permits {
 public:
  explicit Permits(SteadyTime now);
  bool take(SteadyTime now);

 private:
  double left_;
  SteadyTime refilled_;
};

}  // namespace mcph::mcp
