// plugins::KvStore in memory. Thread-safe. Nothing in it expires.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <tuple>

#include "plugins/kv_store.h"

namespace mcph::test {

class MemoryKvStore final : public plugins::KvStore {
 public:
  Result<std::optional<plugins::KvEntry>> find(const plugins::KvSpace& space,
                                               const std::string& key) override {
    const std::lock_guard lock(mutex_);
    if (failure) return *failure;
    const auto found = entries_.find(id_of(space, key));
    if (found == entries_.end()) return std::optional<plugins::KvEntry>();
    return std::optional(found->second);
  }
  Result<std::optional<std::int64_t>> put(const plugins::KvSpace& space,
                                          const plugins::KvWrite& write,
                                          const plugins::KvQuota& quota) override {
    const std::lock_guard lock(mutex_);
    if (failure) return *failure;
    last_quota = quota;
    last_expiry = write.expires_at;
    plugins::KvEntry& entry = entries_[id_of(space, write.key)];
    if (write.if_version && *write.if_version != entry.version) {
      if (entry.version == 0) entries_.erase(id_of(space, write.key));
      return std::optional<std::int64_t>();
    }
    entry = {write.key, write.value, ++last_version_};
    return std::optional(entry.version);
  }
  Result<std::optional<std::int64_t>> remove(const plugins::KvSpace& space, const std::string& key,
                                             std::optional<std::int64_t> if_version) override {
    const std::lock_guard lock(mutex_);
    if (failure) return *failure;
    const auto found = entries_.find(id_of(space, key));
    if (found == entries_.end()) return std::optional<std::int64_t>();
    const std::int64_t version = found->second.version;
    if (if_version && *if_version != version) return std::optional<std::int64_t>();
    entries_.erase(found);
    return std::optional(version);
  }
  Result<std::vector<plugins::KvEntry>> list(const plugins::KvSpace& space,
                                             const std::string& prefix, const std::string& after,
                                             std::size_t count_max) override {
    const std::lock_guard lock(mutex_);
    if (failure) return *failure;
    std::vector<plugins::KvEntry> found;
    for (const auto& [id, entry] : entries_) {
      if (id != id_of(space, entry.key) || !entry.key.starts_with(prefix)) continue;
      if (entry.key <= after || found.size() == count_max) continue;
      found.push_back({entry.key, {}, entry.version});
    }
    return found;
  }

  std::optional<Error> failure;
  plugins::KvQuota last_quota;
  std::optional<UnixTime> last_expiry;

 private:
  using Id = std::tuple<std::string, std::string, std::string, std::string>;
  static Id id_of(const plugins::KvSpace& space, const std::string& key) {
    return {space.plugin, space.issuer, space.subject, key};
  }

  std::mutex mutex_;
  std::map<Id, plugins::KvEntry> entries_;
  std::int64_t last_version_ = 0;
};

}  // namespace mcph::test
