// The administrator's work on keys. No key itself ever passes through here. Thread-safe, blocks on
// the store.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "keys/lifecycle.h"

namespace mcph::admin {

// One request does not hold a thread longer than a few seconds; it says how much is left.
inline constexpr std::size_t kRewrapMax = 10'000;

class Keys {
 public:
  explicit Keys(keys::Lifecycle& lifecycle) : lifecycle_(lifecycle) {}

  Result<std::vector<keys::ServerKey>> list() { return lifecycle_.list(); }
  // kNotFound for a purpose there is not, kConflict while a rotation is under way.
  Result<keys::ServerKey> rotate(const std::string& purpose, const keys::KeyActor& actor) {
    return lifecycle_.rotate(purpose, actor);
  }
  Result<> destroy(const std::string& id, const keys::KeyActor& actor) {
    return lifecycle_.destroy(id, actor);
  }
  Result<keys::Rewrapped> rewrap(const keys::KeyActor& actor) {
    return lifecycle_.rewrap(kRewrapMax, actor);
  }
  Result<keys::RewrapStatus> load_rewrap_status() { return lifecycle_.load_rewrap_status(); }

 private:
  keys::Lifecycle& lifecycle_;
};

}  // namespace mcph::admin
