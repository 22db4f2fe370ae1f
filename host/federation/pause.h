// When to leave the provider alone: after it asked for it, after it failed several times in a row,
// or after it refused our own credentials. One for the whole host. Thread-safe.
#pragma once

#include <mutex>

#include "base/random.h"
#include "base/time.h"
#include "federation/token_endpoint.h"

namespace mcph::federation {

class Pause {
 public:
  Pause(const Clock& clock, Random& random) : clock_(clock), random_(random) {}

  bool is_on() const;
  void note_success();
  void note_failure(const TokenFailure& failure);

 private:
  const Clock& clock_;
  Random& random_;
  mutable std::mutex mutex_;
  int failures_ = 0;  // in a row
  SteadyTime until_{};
};

}  // namespace mcph::federation
