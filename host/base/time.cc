#include "base/time.h"

#include <ctime>

namespace mcph {

std::string to_iso8601(UnixTime t) {
  const std::time_t seconds = t.time_since_epoch().count();
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  const std::size_t n = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text, n};
}

UnixTime SystemClock::now() const {
  return std::chrono::floor<Seconds>(std::chrono::system_clock::now());
}

SteadyTime SystemClock::steady() const {
  return std::chrono::steady_clock::now();
}

}  // namespace mcph
