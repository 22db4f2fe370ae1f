// Upstream credentials as they are stored: the credential under a data key of its own, the data key
// under a key of the ring. Rotating the ring then only rewraps small keys. Both layers are bound to
// the grant, so that a row copied to another grant cannot be opened. Thread-safe.
#pragma once

#include <string>

#include "base/ids.h"
#include "base/random.h"
#include "base/result.h"
#include "crypto/key_ring.h"
#include "federation/credential.h"
#include "federation/wrapped_data_key.h"
#include "oauth/identity_provider.h"

namespace mcph::federation {

// What a token of this grant for a further API is bound to, in the grant's stead.
GrantId bind_to_api(const GrantId& grant, const std::string& api);

class CredentialSealer {
 public:
  CredentialSealer(const crypto::KeyRing& ring, Random& random) : ring_(ring), random_(random) {}

  // With a new data key each time.
  oauth::SealedCredential seal(const GrantId& grant, const Credential& credential) const;
  // kInternal when it was not sealed for this grant or its key is no longer in the ring.
  Result<Credential> open(const GrantId& grant, const oauth::SealedCredential& sealed) const;
  // The same data key under the ring key that is active now; the tokens are not touched.
  Result<WrappedDataKey> rewrap(const GrantId& grant, const WrappedDataKey& wrapped) const;

 private:
  const crypto::KeyRing& ring_;
  Random& random_;
};

}  // namespace mcph::federation
