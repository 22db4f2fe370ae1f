// Sign-ins in memory. Thread-safe.
#pragma once

#include <atomic>
#include <map>
#include <mutex>

#include "oauth/signin_store.h"

namespace mcph::test {

class MemorySignInStore final : public oauth::SignInStore {
 public:
  Result<> insert(const oauth::SignIn& signin) override {
    if (broken) return Error{Code::kUnavailable, "no database", {}};
    const std::lock_guard lock(mutex_);
    const auto [found, fresh] = rows_.emplace(signin.state_hash, signin);
    if (!fresh && found->second.browser_hash == signin.browser_hash) found->second = signin;
    return Ok{};
  }
  Result<std::optional<oauth::SignIn>> take(const std::string& state_hash,
                                            const std::string& browser_hash,
                                            UnixTime now) override {
    if (broken) return Error{Code::kUnavailable, "no database", {}};
    const std::lock_guard lock(mutex_);
    const auto found = rows_.find(state_hash);
    if (found == rows_.end() || found->second.browser_hash != browser_hash ||
        found->second.expires_at <= now) {
      return std::optional<oauth::SignIn>{};
    }
    auto taken = std::optional{std::move(found->second)};
    rows_.erase(found);
    return taken;
  }

  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return rows_.size();
  }
  // Everything that is stored, as text: for tests that look for secrets in it.
  std::string dump() const {
    const std::lock_guard lock(mutex_);
    std::string out;
    for (const auto& [hash, row] : rows_) out += hash + row.browser_hash + row.sealed;
    return out;
  }

  std::atomic<bool> broken{false};

 private:
  mutable std::mutex mutex_;
  std::map<std::string, oauth::SignIn> rows_;
};

}  // namespace mcph::test
