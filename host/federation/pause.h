// When to leave an endpoint of the provider alone. It may have asked for it, and then nobody of
// this host calls it; or it failed several times in a row or refused our own credentials, and then
// nobody calls it who can wait. Thread-safe.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "base/random.h"
#include "base/time.h"
#include "federation/token_endpoint.h"

namespace mcph::federation {

class Pause {
 public:
  Pause(const Clock& clock, Random& random) : clock_(clock), random_(random) {}

  // Whoever can wait should.
  bool is_on() const;
  // The provider asked us to (429, or any Retry-After): whatever it is about.
  bool is_asked_for() const;
  void note_success();
  void note_failure(const TokenFailure& failure);
  void note_asked(Seconds retry_after);

 private:
  SteadyTime end_of(Seconds length) const;  // mutex held

  const Clock& clock_;
  Random& random_;
  mutable std::mutex mutex_;
  int failures_ = 0;  // in a row
  SteadyTime until_{};
  SteadyTime asked_until_{};
};

// One for each endpoint, by the tag of its requests ("token", "jwks"). Thread-safe.
class Pauses {
 public:
  Pauses(const Clock& clock, Random& random) : clock_(clock), random_(random) {}
  // Lives as long as this.
  Pause& of(const std::string& endpoint);

 private:
  const Clock& clock_;
  Random& random_;
  std::mutex mutex_;
  std::map<std::string, Pause> pauses_;
};

}  // namespace mcph::federation
