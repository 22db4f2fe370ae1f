// Initial access tokens in memory. Thread-safe.
#pragma once

#include <map>
#include <mutex>

#include "oauth/registration_token_store.h"

namespace mcph::test {

class MemoryRegistrationTokenStore final : public oauth::RegistrationTokenStore {
 public:
  Result<> insert(const oauth::RegistrationToken& token) override {
    const std::lock_guard lock(mutex_);
    if (!tokens_.emplace(token.name, token).second) return Error{Code::kConflict, "taken", {}};
    return Ok{};
  }
  Result<std::vector<oauth::RegistrationToken>> list() override {
    const std::lock_guard lock(mutex_);
    std::vector<oauth::RegistrationToken> all;
    for (const auto& [name, token] : tokens_) all.push_back(token);
    return all;
  }
  Result<> remove(const std::string& name) override {
    const std::lock_guard lock(mutex_);
    if (tokens_.erase(name) == 0) return Error{Code::kNotFound, "no such token", {}};
    return Ok{};
  }
  Result<bool> use(const std::string& token_hash, UnixTime now) override {
    const std::lock_guard lock(mutex_);
    for (auto& [name, token] : tokens_) {
      if (token.token_hash != token_hash) continue;
      if (token.expires_at <= now || token.uses >= token.uses_max) return false;
      ++token.uses;
      return true;
    }
    return false;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, oauth::RegistrationToken> tokens_;
};

}  // namespace mcph::test
