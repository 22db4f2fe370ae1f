// The bearer tokens of administrators, by their hashes. Implemented by store/. Thread-safe,
// blocking.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace mcph::admin {

struct AdminCredential {
  std::string name;        // for people and logs; unique
  std::string token_hash;  // SHA-256, 32 raw bytes
  UnixTime created_at{};
  std::optional<UnixTime> expires_at;
};

class AdminCredentialStore {
 public:
  virtual ~AdminCredentialStore() = default;
  // kConflict when the name is taken.
  virtual Result<> insert(const AdminCredential& credential) = 0;
  // Only one that is live at `now`: neither expired nor revoked.
  virtual Result<std::optional<AdminCredential>> find(const std::string& token_hash,
                                                      UnixTime now) = 0;
};

}  // namespace mcph::admin
