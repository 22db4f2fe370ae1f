// Randomness that repeats: the same calls give the same bytes in every run, and no two calls of one
// run give the same bytes. Thread-safe.
#pragma once

#include <atomic>
#include <cstdint>

#include "base/random.h"

namespace mcph::test {

class FakeRandom final : public Random {
 public:
  std::string bytes(std::size_t count) override {
    std::uint64_t state = ++calls_ * 0x9e3779b97f4a7c15u;
    std::string out(count, '\0');
    for (char& c : out) {  // splitmix64
      state += 0x9e3779b97f4a7c15u;
      std::uint64_t z = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9u;
      z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
      c = static_cast<char>(z >> 56);
    }
    return out;
  }

 private:
  std::atomic<std::uint64_t> calls_{0};
};

// Gives out exactly the bytes it was made with: for published test vectors.
class FixedRandom final : public Random {
 public:
  explicit FixedRandom(std::string value) : value_(std::move(value)) {}
  std::string bytes(std::size_t count) override { return value_.substr(0, count); }

 private:
  const std::string value_;
};

}  // namespace mcph::test
