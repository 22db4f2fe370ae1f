#include "mcp/permits.h"

#include <algorithm>

#include "mcp/limits.h"

namespace mcph::mcp {

Permits::Permits(SteadyTime now) : left_(limits::kNotificationBurst), refilled_(now) {}

bool Permits::take(SteadyTime now) {
  const double passed = std::chrono::duration<double>(now - refilled_).count();
  refilled_ = now;
  left_ = std::min<double>(limits::kNotificationBurst,
                           left_ + passed * limits::kNotificationsPerSecond);
  if (left_ < 1) return false;
  left_ -= 1;
  return true;
}

}  // namespace mcph::mcp
