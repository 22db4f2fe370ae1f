// Clients in memory. Thread-safe. `broken` makes every call fail as a lost database does.
#pragma once

#include <atomic>
#include <map>
#include <mutex>

#include "oauth/client_store.h"

namespace mcph::test {

class MemoryClientStore final : public oauth::ClientStore {
 public:
  Result<std::optional<oauth::Client>> find(const ClientId& id) override {
    ++finds;
    if (broken) return unavailable();
    const std::lock_guard lock(mutex_);
    const auto found = clients_.find(id);
    if (found == clients_.end()) return std::optional<oauth::Client>{};
    return std::optional{found->second};
  }
  Result<> insert(const oauth::Client& client) override {
    if (broken) return unavailable();
    const std::lock_guard lock(mutex_);
    if (!clients_.emplace(client.id, client).second) return Error{Code::kConflict, "taken", {}};
    return Ok{};
  }
  Result<> put_document(const oauth::Client& client) override {
    if (broken) return unavailable();
    const std::lock_guard lock(mutex_);
    auto& stored = clients_[client.id];
    const bool disabled = stored.disabled;
    stored = client;
    stored.disabled = disabled;
    return Ok{};
  }
  Result<std::size_t> count_registered(const std::string& network, UnixTime since) override {
    if (broken) return unavailable();
    const std::lock_guard lock(mutex_);
    std::size_t count = 0;
    for (const auto& [id, client] : clients_) {
      if (client.registered_from == network && client.created_at > since) ++count;
    }
    return count;
  }
  Result<> update(const oauth::Client& client) override {
    const std::lock_guard lock(mutex_);
    const auto found = clients_.find(client.id);
    if (found == clients_.end()) return Error{Code::kNotFound, "no such client", {}};
    if (found->second.version != client.version) return Error{Code::kConflict, "outdated", {}};
    const std::string token_hash = found->second.registration_token_hash;
    found->second = client;
    found->second.registration_token_hash = token_hash;
    ++found->second.version;
    return Ok{};
  }
  Result<> remove(const ClientId& id) override {
    const std::lock_guard lock(mutex_);
    if (clients_.erase(id) == 0) return Error{Code::kNotFound, "no such client", {}};
    return Ok{};
  }
  Result<std::vector<oauth::Client>> list(const ClientId& after, std::size_t count_max) override {
    const std::lock_guard lock(mutex_);
    std::vector<oauth::Client> out;
    for (auto it = clients_.upper_bound(after); it != clients_.end() && out.size() < count_max;
         ++it) {
      out.push_back(it->second);
    }
    return out;
  }
  Result<> add_secret(const ClientId& id, const std::string& secret_hash, UnixTime) override {
    const std::lock_guard lock(mutex_);
    clients_[id].secret_hashes.push_back(secret_hash);
    return Ok{};
  }
  Result<> touch(const ClientId& id, UnixTime, std::optional<UnixTime> expires_at) override {
    const std::lock_guard lock(mutex_);
    clients_[id].expires_at = expires_at;
    return Ok{};
  }

  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return clients_.size();
  }

  std::atomic<bool> broken{false};
  std::atomic<int> finds{0};

 private:
  static Error unavailable() { return Error{Code::kUnavailable, "no database", {}}; }

  mutable std::mutex mutex_;
  std::map<ClientId, oauth::Client> clients_;
};

}  // namespace mcph::test
