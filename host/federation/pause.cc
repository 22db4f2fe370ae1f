#include "federation/pause.h"

#include <algorithm>

#include "federation/jitter.h"
#include "federation/limits.h"

namespace mcph::federation {
namespace {

// 0, 0, 1, 2, 4 … 60 s
Seconds growing(int failures) {
  if (failures < limits::kFailuresBeforePause) return Seconds{0};
  const int doublings = std::min(failures - limits::kFailuresBeforePause, 6);
  return std::min(limits::kPauseFirst * (1 << doublings), limits::kPauseMax);
}

}  // namespace

SteadyTime Pause::end_of(Seconds length) const {
  return clock_.steady() + with_jitter(std::min(length, limits::kPauseMax), random_);
}

bool Pause::is_on() const {
  const std::lock_guard lock(mutex_);
  return clock_.steady() < std::max(until_, asked_until_);
}

bool Pause::is_asked_for() const {
  const std::lock_guard lock(mutex_);
  return clock_.steady() < asked_until_;
}

// What was asked for stays: this may be the answer to a request that was sent before.
void Pause::note_success() {
  const std::lock_guard lock(mutex_);
  failures_ = 0;
  until_ = {};
}

void Pause::note_failure(const TokenFailure& failure) {
  if (failure.retry_after) note_asked(*failure.retry_after);
  const std::lock_guard lock(mutex_);
  // The provider works: it said no to this one token.
  const bool about_the_token = failure.kind == TokenFailure::Kind::kInvalidGrant ||
                               failure.kind == TokenFailure::Kind::kRefused;
  failures_ = about_the_token ? 0 : failures_ + 1;
  const bool is_about_us = failure.kind == TokenFailure::Kind::kInvalidClient;
  until_ = std::max(until_, end_of(is_about_us ? limits::kPauseRefused : growing(failures_)));
}

void Pause::note_asked(Seconds retry_after) {
  const std::lock_guard lock(mutex_);
  asked_until_ = std::max(asked_until_, end_of(retry_after));
}

Pause& Pauses::of(const std::string& endpoint) {
  const std::lock_guard lock(mutex_);
  return pauses_.try_emplace(endpoint, clock_, random_).first->second;
}

}  // namespace mcph::federation
