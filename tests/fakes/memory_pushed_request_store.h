// Pushed authorization requests in memory. Thread-safe.
#pragma once

#include <atomic>
#include <map>
#include <mutex>

#include "oauth/pushed_request_store.h"

namespace mcph::test {

class MemoryPushedRequestStore final : public oauth::PushedRequestStore {
 public:
  Result<> insert(const oauth::PushedRequest& request) override {
    if (broken) return unavailable();
    const std::lock_guard lock(mutex_);
    requests_.emplace(request.uri_hash, request);
    return Ok{};
  }
  Result<std::optional<std::string>> take(const std::string& uri_hash, const ClientId& client,
                                          UnixTime now) override {
    if (broken) return unavailable();
    const std::lock_guard lock(mutex_);
    const auto found = requests_.find(uri_hash);
    if (found == requests_.end() || found->second.client != client ||
        found->second.expires_at <= now) {
      return std::optional<std::string>{};
    }
    const auto taken = requests_.extract(found);
    return std::optional{taken.mapped().sealed};
  }
  std::map<std::string, oauth::PushedRequest> all() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

  std::atomic<bool> broken{false};

 private:
  static Error unavailable() { return Error{Code::kUnavailable, "no database", {}}; }

  mutable std::mutex mutex_;
  std::map<std::string, oauth::PushedRequest> requests_;
};

}  // namespace mcph::test
