// Token buckets in a table of fixed size: how often something may happen, for any number of keys.
// Memory does not grow with the number of keys: when a key finds no room, the fullest bucket of its
// row is given up, which is the one that restrained its owner least. So whoever comes from many
// addresses gets fresh buckets, and nobody who is being held back gets free by it.
//
// A key is a number that whoever sends requests must not be able to choose: hash names with a
// secret. Thread-safe; a call costs a lock that it shares with one in kStripes of all keys.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "base/time.h"

namespace mcph {

// So many in such a time, and as many at once. 0: any number.
struct Rate {
  std::uint32_t count = 0;
  Seconds per{60};
};

class TokenBuckets {
 public:
  // `rows` of kWays buckets of 16 bytes, rounded up to a power of two.
  explicit TokenBuckets(std::size_t rows);

  // Takes one. Nothing: there was one; else how long until there is one again.
  std::optional<Milliseconds> take(std::uint64_t key, Rate rate, SteadyTime now);
  // What take() would answer, without taking.
  std::optional<Milliseconds> find_wait(std::uint64_t key, Rate rate, SteadyTime now) const;

 private:
  static constexpr std::size_t kWays = 8;
  static constexpr std::size_t kStripes = 64;

  // The bucket is full again at this time; the later, the emptier it is (the virtual scheduling
  // form of GCRA, ITU-T I.371).
  struct Bucket {
    std::uint64_t key = 0;
    SteadyTime full_at{};
  };
  struct alignas(64) Row {
    std::array<Bucket, kWays> buckets;
  };
  std::size_t row_of(std::uint64_t key) const noexcept { return key & (rows_.size() - 1); }
  std::mutex& mutex_of(std::size_t row) const noexcept { return mutexes_[row % kStripes]; }

  std::vector<Row> rows_;
  mutable std::array<std::mutex, kStripes> mutexes_;
};

}  // namespace mcph
