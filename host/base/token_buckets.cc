#include "base/token_buckets.h"

#include <algorithm>
#include <bit>

namespace mcph {
namespace {

// How long until a bucket that is full again at `full_at` has one to give.
std::optional<Milliseconds> wait_of(SteadyTime full_at, Rate rate, SteadyTime now) {
  const auto step = std::chrono::nanoseconds(rate.per) / rate.count;
  const auto limit = now + step * (rate.count - 1);
  if (full_at <= limit) return std::nullopt;
  return std::chrono::ceil<Milliseconds>(full_at - limit);
}

}  // namespace

TokenBuckets::TokenBuckets(std::size_t rows)
    : rows_(std::bit_ceil(std::max<std::size_t>(rows, 1))) {}

std::optional<Milliseconds> TokenBuckets::take(std::uint64_t key, Rate rate, SteadyTime now) {
  if (rate.count == 0) return std::nullopt;
  const std::size_t row = row_of(key);
  const std::lock_guard lock(mutex_of(row));
  Bucket* chosen = nullptr;
  for (Bucket& bucket : rows_[row].buckets) {
    if (bucket.key == key) {
      chosen = &bucket;
      break;
    }
    if (chosen == nullptr || bucket.full_at < chosen->full_at) chosen = &bucket;
  }
  if (chosen->key != key) *chosen = {key, now};
  const SteadyTime full_at = std::max(chosen->full_at, now);
  if (auto wait = wait_of(full_at, rate, now)) return wait;
  chosen->full_at = full_at + std::chrono::nanoseconds(rate.per) / rate.count;
  return std::nullopt;
}

std::optional<Milliseconds> TokenBuckets::find_wait(std::uint64_t key, Rate rate,
                                                    SteadyTime now) const {
  if (rate.count == 0) return std::nullopt;
  const std::size_t row = row_of(key);
  const std::lock_guard lock(mutex_of(row));
  for (const Bucket& bucket : rows_[row].buckets) {
    if (bucket.key == key) return wait_of(std::max(bucket.full_at, now), rate, now);
  }
  return std::nullopt;
}

}  // namespace mcph
