// The data keys of upstream tokens in one place of the database, as something to be wrapped anew:
// only the small wrapped key of a row is replaced, never the tokens under it. Thread-safe,
// blocking.
#pragma once

#include "federation/sealing.h"
#include "federation/wrapped_key_store.h"
#include "keys/wrapped_keys.h"

namespace mcph::federation {

class WrappedCredentials final : public keys::WrappedKeys {
 public:
  WrappedCredentials(WrappedPlace place, WrappedKeyStore& store, const crypto::KeyRing& ring,
                     Random& random)
      : place_(place), store_(store), ring_(ring), sealer_(ring, random) {}

  std::string_view sort() const noexcept override;
  Result<std::map<std::string, std::size_t>> count_by_kek() override;
  Result<keys::Rewrapped> rewrap(const std::string& after, std::size_t count_max) override;

 private:
  const WrappedPlace place_;
  WrappedKeyStore& store_;
  const crypto::KeyRing& ring_;
  const CredentialSealer sealer_;
};

}  // namespace mcph::federation
