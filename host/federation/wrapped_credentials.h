// The data keys of upstream credentials as something to be wrapped anew: only the small wrapped key
// of a row is replaced, never the tokens under it. Thread-safe, blocking.
#pragma once

#include "federation/sealing.h"
#include "federation/wrapped_key_store.h"
#include "keys/wrapped_keys.h"

namespace mcph::federation {

class WrappedCredentials final : public keys::WrappedKeys {
 public:
  WrappedCredentials(WrappedKeyStore& store, const crypto::KeyRing& ring, Random& random)
      : store_(store), ring_(ring), sealer_(ring, random) {}

  std::string_view sort() const noexcept override { return "upstream_credentials"; }
  Result<std::map<std::string, std::size_t>> count_by_kek() override;
  Result<keys::Rewrapped> rewrap(const std::string& after, std::size_t count_max) override;

 private:
  WrappedKeyStore& store_;
  const crypto::KeyRing& ring_;
  const CredentialSealer sealer_;
};

}  // namespace mcph::federation
