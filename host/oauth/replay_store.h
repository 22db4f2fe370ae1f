// What may be used once: the `jti` of client assertions (RFC 7523 §3) and of DPoP proofs (RFC 9449
// §11.1). Implemented by store/, for all hosts together. Thread-safe, blocking.
#pragma once

#include <string>

#include "base/result.h"
#include "base/time.h"

namespace mcph::oauth {

class ReplayStore {
 public:
  virtual ~ReplayStore() = default;
  // True for exactly one caller of all hosts, until `expires_at`: from then on whoever presents it
  // must be refused for its age. `id_hash` is a SHA-256, raw.
  virtual Result<bool> use_once(const std::string& id_hash, UnixTime expires_at) = 0;
};

}  // namespace mcph::oauth
