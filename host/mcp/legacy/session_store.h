// Which sessions were ended before their time. A session id carries its own state, so this is all
// that hosts must share about sessions. Implemented by store/. Thread-safe, blocking. Rows are of
// no use after `expires_at`: the id is then refused by itself.
#pragma once

#include <string>

#include "base/result.h"
#include "base/time.h"

namespace mcph::mcp {

class SessionStore {
 public:
  virtual ~SessionStore() = default;
  // Ends the session on every host: their caches hear of it at once. Repeating is harmless.
  // `id_hash` is the SHA-256 of the session id, 32 raw bytes.
  virtual Result<> terminate(const std::string& id_hash, UnixTime expires_at) = 0;
  virtual Result<bool> is_terminated(const std::string& id_hash) = 0;
};

}  // namespace mcph::mcp
