// Keys in the database that are wrapped by a key of the ring, of one sort: the keys of purposes, or
// the data keys of upstream tokens in one place. Thread-safe, blocking.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mcph::keys {

struct Rewrapped {
  std::size_t looked_at = 0;
  std::size_t rewrapped = 0;
  std::size_t unreadable = 0;  // left as they are
  std::string last;            // where to go on; empty: at the end
};

class WrappedKeys {
 public:
  virtual ~WrappedKeys() = default;
  virtual std::string_view sort() const noexcept = 0;
  // How many are wrapped by which ring key.
  virtual Result<std::map<std::string, std::size_t>> count_by_kek() = 0;
  // Wraps up to `count_max` of those behind `after` anew that are not under the active ring key.
  // Whoever uses one meanwhile is not disturbed: what is sealed with a key stays as it is.
  virtual Result<Rewrapped> rewrap(const std::string& after, std::size_t count_max) = 0;
};

}  // namespace mcph::keys
