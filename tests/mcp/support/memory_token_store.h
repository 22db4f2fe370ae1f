// Access tokens in memory; nothing else of the interface is used at the protected resource.
// Thread-safe.
#pragma once

#include <map>
#include <mutex>

#include "oauth/token_store.h"

namespace mcph::test {

class MemoryTokenStore final : public oauth::TokenStore {
 public:
  void insert(const std::string& hash, oauth::AccessToken token) {
    const std::lock_guard lock(mutex_);
    tokens_[hash] = std::move(token);
  }
  void remove(const std::string& hash) {
    const std::lock_guard lock(mutex_);
    tokens_.erase(hash);
  }

  Result<std::optional<oauth::AccessToken>> find_access_token(const std::string& hash,
                                                              UnixTime) override {
    const std::lock_guard lock(mutex_);
    const auto found = tokens_.find(hash);
    if (found == tokens_.end()) return std::optional<oauth::AccessToken>{};
    return std::optional(found->second);
  }
  Result<std::optional<oauth::AuthorizationCode>> find_code(const std::string&) override {
    return unused();
  }
  Result<oauth::Redemption> redeem_code(const std::string&, const oauth::NewTokens&) override {
    return unused();
  }
  Result<std::optional<oauth::RefreshToken>> find_refresh_token(const std::string&) override {
    return unused();
  }
  Result<oauth::Rotation> rotate_refresh_token(const std::string&, const oauth::NewTokens&,
                                               UnixTime, Seconds) override {
    return unused();
  }
  Result<> add_access_token(const std::string&, const oauth::NewTokens&, UnixTime) override {
    return unused();
  }
  Result<> revoke_access_token(const std::string&, const ClientId&) override { return unused(); }

 private:
  static Error unused() { return Error{Code::kInternal, "not part of this test", {}}; }
  std::mutex mutex_;
  std::map<std::string, oauth::AccessToken> tokens_;
};

}  // namespace mcph::test
