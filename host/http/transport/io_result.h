// What became of one non-blocking read or write.
#pragma once

#include <cstddef>

namespace mcph::http {

enum class IoStatus {
  kDone,     // `bytes` were moved, at least one
  kBlocked,  // not now; the poller will tell
  kEnd,      // the peer will send no more
  kFailed,   // the connection is dead
};

struct IoResult {
  IoStatus status;
  std::size_t bytes = 0;
};

}  // namespace mcph::http
