// Time as a parameter. Wall-clock values are whole seconds since the epoch wherever they are stored
// or compared with a token's claims; durations on the wire are seconds too.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace mcph {

using Seconds = std::chrono::seconds;
using Milliseconds = std::chrono::milliseconds;
using SteadyTime = std::chrono::steady_clock::time_point;
using UnixTime = std::chrono::sys_seconds;

inline std::int64_t to_unix(UnixTime t) noexcept {
  return t.time_since_epoch().count();
}
inline UnixTime from_unix(std::int64_t s) noexcept {
  return UnixTime{Seconds{s}};
}

// 2026-11-24T06:11:56Z
std::string to_iso8601(UnixTime t);

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual UnixTime now() const = 0;       // wall clock: expiry, claims, logs
  virtual SteadyTime steady() const = 0;  // monotonic: deadlines, leases
};

class SystemClock final : public Clock {
 public:
  UnixTime now() const override;
  SteadyTime steady() const override;
};

}  // namespace mcph
