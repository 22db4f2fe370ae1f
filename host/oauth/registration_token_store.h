// Initial access tokens (RFC 7591 §1.2): whoever holds one may register clients. Made by
// administrators. Implemented by store/. Thread-safe, blocking.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace mcph::oauth {

struct RegistrationToken {
  std::string name;        // unique; what an administrator calls it
  std::string token_hash;  // SHA-256, raw
  UnixTime created_at{};
  UnixTime expires_at{};
  std::int64_t uses_max = 1;
  std::int64_t uses = 0;
};

class RegistrationTokenStore {
 public:
  virtual ~RegistrationTokenStore() = default;
  virtual Result<> insert(const RegistrationToken& token) = 0;  // kConflict: the name is taken
  virtual Result<std::vector<RegistrationToken>> list() = 0;    // by name
  virtual Result<> remove(const std::string& name) = 0;         // kNotFound
  // Whether it may be used now; counts it. Of racers for the last use, one wins.
  virtual Result<bool> use(const std::string& token_hash, UnixTime now) = 0;
};

}  // namespace mcph::oauth
