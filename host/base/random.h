// Randomness as a parameter. The real one is the kernel's; tests pass a counted one.
#pragma once

#include <cstddef>
#include <string>

namespace mcph {

// Thread-safe.
class Random {
 public:
  virtual ~Random() = default;
  virtual std::string bytes(std::size_t count) = 0;  // raw bytes, suitable for keys and tokens
};

class SystemRandom final : public Random {
 public:
  std::string bytes(std::size_t count) override;  // getrandom(2); aborts if the kernel has none
};

// A random (version 4) UUID in its text form.
std::string make_uuid(Random& random);

}  // namespace mcph
