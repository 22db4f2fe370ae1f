// What a stream that outlives its request must know of the access it was opened with: the token may
// expire or be revoked while it is open. Implemented by http/, which alone knows tokens.
// Thread-safe.
#pragma once

#include <functional>
#include <string>

#include "base/http_message.h"

namespace mcph::mcp {

// Asks again whether the access token a request came with is still good, and reports it from any
// thread. Must not block.
using TokenCheck = std::function<void(std::function<void(bool good)>)>;

struct StreamAccess {
  std::string token_hash;  // SHA-256 of the token; empty when there was none
  TokenCheck token_check;  // none: nothing to ask
};

class AccessSource {
 public:
  virtual ~AccessSource() = default;
  // Of a request that was let in.
  virtual StreamAccess access_of(const Request& request) = 0;
};

}  // namespace mcph::mcp
