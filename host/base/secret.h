// Bytes that must not be seen: tokens, keys, passwords. A Secret zeroes its memory when it dies or
// is moved from, has no operator<<, and says its content only to those who call reveal(). Not
// thread-safe; share it const.
#pragma once

#include <string>
#include <string_view>

namespace mcph {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  explicit Secret(std::string_view value) : value_(value) {}
  Secret(const Secret&) = default;
  Secret& operator=(const Secret& other);
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  ~Secret();

  std::string_view reveal() const noexcept { return value_; }
  bool empty() const noexcept { return value_.empty(); }
  std::size_t size() const noexcept { return value_.size(); }

 private:
  std::string value_;
};

// Overwrites memory in a way the compiler may not remove.
void wipe(std::string& bytes) noexcept;

}  // namespace mcph
