// Many hosts that failed together must not try again together. Pure but for randomness.
#pragma once

#include "base/random.h"
#include "base/time.h"

namespace mcph::federation {

// The time, or up to a quarter more.
inline Milliseconds with_jitter(Milliseconds time, Random& random) {
  const auto byte = static_cast<unsigned char>(random.bytes(1).front());
  return time + time * byte / (4 * 255);
}

}  // namespace mcph::federation
