// One page of a list that is too long for one answer. A value type.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace mcph::admin {

inline constexpr std::size_t kPageSizeDefault = 50;
inline constexpr std::size_t kPageSizeMax = 200;

template <class T>
struct Page {
  std::vector<T> items;
  std::string next;  // the id of the last item when more follow, else empty
};

}  // namespace mcph::admin
