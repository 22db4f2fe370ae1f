// Strong<Tag>: a string with a meaning, so that a client id can never be passed for a grant id.
// A value type; compares and hashes like the string inside.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace mcph {

template <class Tag>
class Strong {
 public:
  Strong() = default;
  explicit Strong(std::string value) : value_(std::move(value)) {}
  const std::string& str() const noexcept { return value_; }
  bool empty() const noexcept { return value_.empty(); }
  friend bool operator==(const Strong&, const Strong&) = default;
  friend auto operator<=>(const Strong&, const Strong&) = default;

 private:
  std::string value_;
};

}  // namespace mcph

template <class Tag>
struct std::hash<mcph::Strong<Tag>> {
  std::size_t operator()(const mcph::Strong<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.str());
  }
};
