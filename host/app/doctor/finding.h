// What the doctor found at one hop of the way from a client to an API. A value.
#pragma once

#include <string>
#include <vector>

namespace mcph::app {

// Whose side a hop is on; the first that is wrong decides the exit status.
enum class Side { kHost, kPingOne, kApi };

struct Finding {
  enum class State {
    kOk,
    kWrong,
    kSkipped,  // it cannot be looked at, because of an earlier hop or the configuration
  };
  Side side = Side::kHost;
  std::string hop;  // a stable word: scripts look for it
  State state = State::kOk;
  std::string what;  // what was seen
  std::string mend;  // where to mend it; empty unless wrong
};

using Findings = std::vector<Finding>;

inline Finding ok(Side side, std::string hop, std::string what) {
  return {side, std::move(hop), Finding::State::kOk, std::move(what), {}};
}
inline Finding wrong(Side side, std::string hop, std::string what, std::string mend) {
  return {side, std::move(hop), Finding::State::kWrong, std::move(what), std::move(mend)};
}
inline Finding skipped(Side side, std::string hop, std::string why) {
  return {side, std::move(hop), Finding::State::kSkipped, std::move(why), {}};
}

}  // namespace mcph::app
