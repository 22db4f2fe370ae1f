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

bool Pause::is_on() const {
  const std::lock_guard lock(mutex_);
  return clock_.steady() < until_;
}

void Pause::note_success() {
  const std::lock_guard lock(mutex_);
  failures_ = 0;
  until_ = {};
}

void Pause::note_failure(const TokenFailure& failure) {
  const std::lock_guard lock(mutex_);
  // The provider works: it said no to this one token.
  const bool about_the_token = failure.kind == TokenFailure::Kind::kInvalidGrant ||
                               failure.kind == TokenFailure::Kind::kRefused;
  failures_ = about_the_token ? 0 : failures_ + 1;
  Seconds length = growing(failures_);
  if (failure.retry_after) length = std::max(length, *failure.retry_after);
  if (failure.kind == TokenFailure::Kind::kInvalidClient) length = limits::kPauseRefused;
  const Milliseconds pause = with_jitter(std::min(length, limits::kPauseMax), random_);
  until_ = std::max(until_, clock_.steady() + pause);
}

}  // namespace mcph::federation
