// The keys of purposes as something to be wrapped anew. They are few.
#pragma once

#include "keys/key_wrapping.h"
#include "keys/wrapped_keys.h"

namespace mcph::keys {

class WrappedServerKeys final : public WrappedKeys {
 public:
  WrappedServerKeys(ServerKeyStore& store, KeyWrapping wrapping)
      : store_(store), wrapping_(wrapping) {}

  std::string_view sort() const noexcept override { return "server_keys"; }
  Result<std::map<std::string, std::size_t>> count_by_kek() override;
  Result<Rewrapped> rewrap(const std::string& after, std::size_t count_max) override;

 private:
  ServerKeyStore& store_;
  const KeyWrapping wrapping_;
};

}  // namespace mcph::keys
