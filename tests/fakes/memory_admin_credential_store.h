// Administrators' credentials in memory. Thread-safe.
#pragma once

#include <atomic>
#include <map>
#include <mutex>

#include "admin/admin_credential_store.h"

namespace mcph::test {

class MemoryAdminCredentialStore final : public admin::AdminCredentialStore {
 public:
  Result<> insert(const admin::AdminCredential& credential) override {
    if (broken) return Error{Code::kUnavailable, "no database", {}};
    const std::lock_guard lock(mutex_);
    for (const auto& [hash, other] : credentials_) {
      if (other.name == credential.name) return Error{Code::kConflict, "the name is taken", {}};
    }
    credentials_[credential.token_hash] = credential;
    return Ok{};
  }
  Result<std::optional<admin::AdminCredential>> find(const std::string& token_hash,
                                                     UnixTime now) override {
    ++finds;
    if (broken) return Error{Code::kUnavailable, "no database", {}};
    const std::lock_guard lock(mutex_);
    const auto found = credentials_.find(token_hash);
    if (found == credentials_.end() ||
        (found->second.expires_at && *found->second.expires_at <= now)) {
      return std::optional<admin::AdminCredential>{};
    }
    return std::optional{found->second};
  }

  std::atomic<bool> broken{false};
  std::atomic<int> finds{0};

 private:
  std::mutex mutex_;
  std::map<std::string, admin::AdminCredential> credentials_;
};

}  // namespace mcph::test
