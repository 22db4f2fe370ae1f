// A purpose's key under a key of the ring: bound to its id and purpose, so that no row can take the
// place of another. Thread-safe.
#pragma once

#include <string>

#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/key_ring.h"
#include "keys/server_key_store.h"

namespace mcph::keys {

class KeyWrapping {
 public:
  KeyWrapping(const crypto::KeyRing& ring, Random& random) : ring_(ring), random_(random) {}

  // A new key of 256 bits.
  ServerKey make(const std::string& purpose, UnixTime now) const;
  // kInternal when its ring key is missing or the row was tampered with.
  Result<Secret> open(const ServerKey& key) const;
  // The same key under the ring key that is active now: kek_id and sealed are replaced.
  Result<ServerKey> rewrap(ServerKey key) const;

  std::string active_kek() const { return ring_.active_id(); }

 private:
  void wrap(ServerKey& key, const Secret& secret) const;

  const crypto::KeyRing& ring_;
  Random& random_;
};

}  // namespace mcph::keys
